package io.rateguard.console.requests;

import io.rateguard.analytics.question.RequestFilter;
import io.rateguard.analytics.question.RequestPage;
import io.rateguard.console.common.Patience;
import io.rateguard.console.requests.Requests.Newest;
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
        this(new Asked(requests), take, dismissed);
    }

    NewsFeed(Source source, Consumer<LiveTail.News> take, Runnable dismissed) {
        this.source = source;
        this.take = take;
        this.dismissed = dismissed;
    }

    /** Where news come from. */
    interface Source {

        /** Done when they are followed. */
        CompletableFuture<LiveTail.Following> follow(
                WorkspaceId workspace, Consumer<LiveTail.News> news, Runnable ended);

        /** The newest page, and what comes in behind it. */
        CompletableFuture<Newest> newest(
                WorkspaceId workspace, RequestFilter filter, int size, Consumer<LiveTail.News> news, Runnable ended);

        /** The newest page, asked once the news are followed. */
        CompletableFuture<RequestPage> page(
                CompletableFuture<?> begun, WorkspaceId workspace, RequestFilter filter, int size);
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
        if (now != null && now.isOf(workspace)) {
            return now.begun;
        }
        Listener listener = new Listener(screen);
        return turnTo(workspace, listener, source.follow(workspace, listener::tell, listener::dismiss)).begun;
    }

    /**
     * The newest requests of a workspace, which it follows as {@link #follow} does: all that comes in later is told, from now
     * on, and some of what they have already.
     */
    public CompletableFuture<RequestPage> newest(
            WorkspaceId workspace, RequestFilter filter, int size, Executor screen) {
        Following now = present;
        if (now != null && now.isOf(workspace)) {
            return source.page(now.begun, workspace, filter, size);
        }
        Listener listener = new Listener(screen);
        CompletableFuture<Newest> newest = source.newest(workspace, filter, size, listener::tell, listener::dismiss);
        turnTo(workspace, listener, newest.thenApply(Newest::following));
        return newest.thenApply(Newest::page);
    }

    private Following turnTo(WorkspaceId workspace, Listener listener, CompletableFuture<LiveTail.Following> begun) {
        end();
        Following next = new Following(workspace, listener, begun);
        present = next;
        return next;
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

    /** @param begun done when it does */
    private record Following(WorkspaceId workspace, Listener listener, CompletableFuture<LiveTail.Following> begun) {

        boolean isOf(WorkspaceId wanted) {
            return workspace.equals(wanted) && !begun.isCompletedExceptionally();
        }
    }

    /** What is told to it reaches the screen as long as it is the one who is listened to. */
    private final class Listener {

        private final Executor screen;

        Listener(Executor screen) {
            this.screen = screen;
        }

        void tell(LiveTail.News news) {
            onScreen(() -> take.accept(news));
        }

        void dismiss() {
            onScreen(dismissed);
        }

        private void onScreen(Runnable what) {
            screen.execute(() -> {
                if (present != null && present.listener == this) {
                    what.run();
                }
            });
        }
    }

    /** Asks without waiting. */
    private record Asked(Requests requests) implements Source {

        @Override
        public CompletableFuture<LiveTail.Following> follow(
                WorkspaceId workspace, Consumer<LiveTail.News> news, Runnable ended) {
            return Patience.later("news", () -> requests.follow(workspace, news, ended), LiveTail.Following::close);
        }

        @Override
        public CompletableFuture<Newest> newest(
                WorkspaceId workspace, RequestFilter filter, int size, Consumer<LiveTail.News> news, Runnable ended) {
            return Patience.later(
                    "requests",
                    () -> requests.newest(workspace, filter, size, news, ended),
                    late -> late.following().close());
        }

        @Override
        public CompletableFuture<RequestPage> page(
                CompletableFuture<?> begun, WorkspaceId workspace, RequestFilter filter, int size) {
            return Patience.later("requests", () -> {
                begun.join();
                return requests.list(workspace, filter, null, size);
            });
        }
    }
}
