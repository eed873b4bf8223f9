package io.rateguard.console.playground.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.server.Command;
import io.rateguard.console.calls.Ended;
import io.rateguard.console.calls.Head;
import io.rateguard.console.calls.Listener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings a reply to a screen as it comes, a few times a second at most, and then what it cost; what comes after it was
 * left is lost.
 */
final class Arriving implements Listener {

    private static final Executor SOON = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    private final UI ui;
    private final ReplyPanel panel;
    private final RecordedLater recorded;
    private final Command done;
    private final StringBuilder waiting = new StringBuilder();
    private boolean isPlanned;
    private volatile boolean isLeft;
    private @Nullable Head head;

    Arriving(UI ui, ReplyPanel panel, RecordedLater recorded, Command done) {
        this.ui = ui;
        this.panel = panel;
        this.recorded = recorded;
        this.done = done;
    }

    /** Nobody looks any more: the screen is gone, or something else is tried on it. */
    void leave() {
        isLeft = true;
    }

    @Override
    public void head(Head first) {
        head = first;
        show(() -> panel.head(first));
    }

    @Override
    public synchronized void text(String part) {
        waiting.append(part);
        if (!isPlanned) {
            isPlanned = true;
            SOON.execute(() -> show(() -> panel.text(take())));
        }
    }

    @Override
    public void ended(Ended ended) {
        show(() -> {
            panel.text(take());
            panel.ended(ended);
            done.execute();
        });
        if (head != null) {
            head.requestId()
                    .ifPresent(id -> recorded.await(id, () -> !isLeft, found -> show(() -> panel.cost(id, found))));
        }
    }

    private synchronized String take() {
        String part = waiting.toString();
        waiting.setLength(0);
        isPlanned = false;
        return part;
    }

    private void show(Command change) {
        try {
            var _ = ui.access(() -> {
                if (!isLeft) {
                    change.execute();
                }
            });
        } catch (UIDetachedException gone) {
            leave();
        }
    }
}
