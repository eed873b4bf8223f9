package io.rateguard.console.common.ui;

import com.vaadin.flow.component.UI;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.KnownFailures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a screen asks without waiting for it, and shows when it is answered; of one thing one question at a time. */
public final class Asking<T> {

    private static final Logger log = LoggerFactory.getLogger(Asking.class);

    private final Supplier<CompletableFuture<T>> question;
    private final Consumer<T> show;
    private final Consumer<String> showUnknown;
    private boolean isUnderWay;

    /** @param showUnknown is told why there is no answer */
    public Asking(Supplier<CompletableFuture<T>> question, Consumer<T> show, Consumer<String> showUnknown) {
        this.question = question;
        this.show = show;
        this.showUnknown = showUnknown;
    }

    /** Asks, unless an answer is still to come. */
    public void ask() {
        ask(screen(UI.getCurrent()));
    }

    /** Runs what touches a screen, soon. */
    public static Executor screen(UI ui) {
        return task -> {
            var _ = ui.access(task::run);
        };
    }

    /** @param screen runs what touches the screen, as this is run */
    void ask(Executor screen) {
        if (isUnderWay) {
            return;
        }
        isUnderWay = true;
        var _ = question.get()
                .whenComplete((answer, failure) -> screen.execute(() -> {
                    isUnderWay = false;
                    if (failure == null) {
                        show.accept(answer);
                    } else {
                        showUnknown.accept(why(failure));
                    }
                }));
    }

    static String why(Throwable failure) {
        return KnownFailures.problem(failure).map(Problem::detail).orElseGet(() -> {
            log.warn("what a screen asked is not known", failure);
            return "There is no answer now; try again.";
        });
    }
}
