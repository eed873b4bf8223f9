package io.rateguard.console.requests;

import io.rateguard.console.common.Patience;
import io.rateguard.domain.id.WorkspaceId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a screen of requests as they come in, of one workspace at a time. What was under way when it turned to another one, or
 * ended, is not told any more.
 */
public final class NewsFeed {

    private final Source source;
    private final Consumer<LiveTail.News> take;
    private final Runnable dismissed;
    private @Nullable Following present;

    /** @param dismissed is run when whoever looks may no more */
    public NewsFeed(Requests requests, Consumer<LiveTail.News> take, Runnable dismissed) {
        this(
                (workspace, news, ended) -> Patience.later(
                        "news", () -> requests.follow(workspace, news, ended), LiveTail.Following::close),
                take,
                dismissed);
    }

    NewsFeed(Source source, Consumer<LiveTail.News> take, Runnable dismissed) {
        this.source = source;
        this.take = take;
        this.dismissed = dismissed;
    }

    /** Where news come from; done when they are followed. */
    interface Source {
        CompletableFuture<LiveTail.Following> follow(
                WorkspaceId workspace, Consumer<LiveTail.News> news, Runnable ended);
    }

    /**
     * Follows a workspace, and no other one any more. Where it does so already, or is about to, nothing is asked; what could not
     * be followed is asked again.
     *
     * @param screen runs what touches the screen, as this is run
     * @return done when all that comes in is told
     */
    public CompletableFuture<?> follow(WorkspaceId workspace, Executor screen) {
        Following now = present;
        if (now == null || !now.isOf(workspace)) {
            end();
            now = new Following(workspace, screen);
            present = now;
        }
        return now.begun;
    }

    /** Whether it follows one, or is about to. */
    public boolean isUnderWay() {
        return present != null;
    }

    public void end() {
        if (present != null) {
            var _ = present.begun.thenAccept(LiveTail.Following::close);
            present = null;
        }
    }

    /** Of one workspace. */
    private final class Following {

        private final WorkspaceId workspace;
        private final Executor screen;
        private final CompletableFuture<LiveTail.Following> begun;

        Following(WorkspaceId workspace, Executor screen) {
            this.workspace = workspace;
            this.screen = screen;
            begun = source.follow(workspace, news -> tell(() -> take.accept(news)), () -> tell(dismissed));
        }

        boolean isOf(WorkspaceId wanted) {
            return workspace.equals(wanted) && !begun.isCompletedExceptionally();
        }

        private void tell(Runnable what) {
            screen.execute(() -> {
                if (present == this) {
                    what.run();
                }
            });
        }
    }
}
