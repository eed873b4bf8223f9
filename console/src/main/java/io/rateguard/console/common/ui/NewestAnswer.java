package io.rateguard.console.common.ui;

import com.vaadin.flow.component.UI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the newest of a screen's questions is answered: shown in the same breath where it comes at once, or else when it comes.
 * Answers to earlier questions are not shown any more.
 */
public final class NewestAnswer<T> {

    /** Nobody sees that they waited. */
    private static final int AT_ONCE_MILLIS = 100;

    private final Runnable showWaiting;
    private final Consumer<T> show;
    private final Consumer<String> showUnknown;
    private int asked;

    /**
     * @param showWaiting is run where the answer does not come at once
     * @param showUnknown is told why there is no answer
     */
    public NewestAnswer(Runnable showWaiting, Consumer<T> show, Consumer<String> showUnknown) {
        this.showWaiting = showWaiting;
        this.show = show;
        this.showUnknown = showUnknown;
    }

    public void await(CompletableFuture<? extends T> answer) {
        await(answer, Asking.screen(UI.getCurrent()));
    }

    /** @param screen runs what touches the screen, as this is run */
    void await(CompletableFuture<? extends T> answer, Executor screen) {
        int question = ++asked;
        try {
            show.accept(answer.get(AT_ONCE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (ExecutionException failed) {
            showUnknown.accept(Asking.why(failed));
        } catch (TimeoutException later) {
            showLater(question, answer, screen);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void showLater(int question, CompletableFuture<? extends T> answer, Executor screen) {
        showWaiting.run();
        var _ = answer.whenComplete((found, failure) -> screen.execute(() -> {
            if (question == asked) {
                take(found, failure);
            }
        }));
    }

    private void take(T found, @Nullable Throwable failure) {
        if (failure == null) {
            show.accept(found);
        } else {
            showUnknown.accept(Asking.why(failure));
        }
    }
}
