package io.rateguard.console.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.RequestFilter;
import io.rateguard.analytics.question.RequestPage;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.requests.LiveTail.News;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class NewsFeedTest {

    private static final WorkspaceId ACME = new WorkspaceId(new UUID(0, 1));
    private static final WorkspaceId OTHER = new WorkspaceId(new UUID(0, 2));
    private static final News NEWS = new News(List.of(), false);
    private static final RequestFilter FILTER = RequestFilter.between(Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
    private static final RequestPage PAGE = new RequestPage(List.of(), null, -1);

    private final List<Asked> asked = new ArrayList<>();
    private final Queue<Runnable> screen = new ArrayDeque<>();
    private final List<News> taken = new ArrayList<>();
    private int dismissals;
    private final NewsFeed feed = new NewsFeed(new Kept(), taken::add, () -> dismissals++);

    @Test
    void tellsOfTheWorkspaceThatItFollows() {
        Future<?> begun = follow(ACME);
        assertThat(begun).isNotDone();
        asked.getFirst().begin();
        asked.getFirst().news.accept(NEWS);
        assertThat(taken).as("not off the screen").isEmpty();
        runScreen();

        assertThat(begun).isDone();
        assertThat(taken).containsExactly(NEWS);
        asked.getFirst().ended.run();
        runScreen();
        assertThat(dismissals).isOne();
    }

    @Test
    void asksOnceForTheWorkspaceThatItFollowsOrIsAboutTo() {
        follow(ACME);
        follow(ACME);
        asked.getFirst().begin();
        follow(ACME);

        assertThat(asked).hasSize(1);
    }

    @Test
    void leavesTheOneWorkspaceForTheOther() {
        follow(ACME);
        asked.getFirst().begin();
        asked.getFirst().news.accept(NEWS);
        asked.getFirst().ended.run();

        follow(OTHER);
        runScreen();

        assertThat(asked).extracting(Asked::workspace).containsExactly(ACME, OTHER);
        assertThat(asked.getFirst().isClosed).isTrue();
        assertThat(taken).isEmpty();
        assertThat(dismissals).isZero();
        asked.getLast().begin();
        asked.getLast().news.accept(NEWS);
        runScreen();
        assertThat(taken).containsExactly(NEWS);
    }

    @Test
    void endsWhatHasNotBegunYet() {
        follow(ACME);
        assertThat(feed.isUnderWay()).isTrue();
        feed.end();
        assertThat(feed.isUnderWay()).isFalse();

        asked.getFirst().begin();

        assertThat(asked.getFirst().isClosed).isTrue();
    }

    @Test
    void asksAgainWhereItCouldNotFollow() {
        follow(ACME);
        asked.getFirst().following.completeExceptionally(Problem.unavailable("the request history does not answer"));

        follow(ACME);

        assertThat(asked).hasSize(2);
        assertThat(asked.getLast().isClosed).isFalse();
    }

    @Test
    void followsFromItsNewestPageOn() {
        CompletableFuture<RequestPage> first = newest(ACME);
        assertThat(feed.isUnderWay()).isTrue();
        asked.getFirst()
                .newest
                .complete(new Requests.Newest(PAGE, asked.getFirst().following()));
        asked.getFirst().news.accept(NEWS);
        runScreen();

        assertThat(first).isCompletedWithValue(PAGE);
        assertThat(taken).containsExactly(NEWS);
        feed.end();
        assertThat(asked.getFirst().isClosed).isTrue();
    }

    @Test
    void asksForAnotherPageOnceItFollows() {
        newest(ACME);
        CompletableFuture<RequestPage> second = newest(ACME);

        assertThat(asked).hasSize(1);
        assertThat(second).isNotDone();
        asked.getFirst()
                .newest
                .complete(new Requests.Newest(PAGE, asked.getFirst().following()));
        assertThat(second).isCompletedWithValue(PAGE);
    }

    @Test
    void asksAllAnewWhereItsNewestPageDidNotCome() {
        newest(ACME);
        asked.getFirst().newest.completeExceptionally(Problem.unavailable("the request history does not answer"));

        newest(ACME);

        assertThat(asked).hasSize(2);
        assertThat(feed.isUnderWay()).isTrue();
    }

    @Test
    void endsWhatBeginsAfterItHasTurnedToAnotherWorkspace() {
        newest(ACME);
        newest(OTHER);

        asked.getFirst()
                .newest
                .complete(new Requests.Newest(PAGE, asked.getFirst().following()));

        assertThat(asked.getFirst().isClosed).isTrue();
        assertThat(asked.getLast().isClosed).isFalse();
    }

    private CompletableFuture<RequestPage> newest(WorkspaceId workspace) {
        return feed.newest(workspace, FILTER, 10, screen::add);
    }

    private Future<?> follow(WorkspaceId workspace) {
        return feed.follow(workspace, screen::add);
    }

    private void runScreen() {
        while (!screen.isEmpty()) {
            screen.remove().run();
        }
    }

    /** Answers when it is told to. */
    private final class Kept implements NewsFeed.Source {

        @Override
        public CompletableFuture<LiveTail.Following> follow(
                WorkspaceId workspace, Consumer<News> news, Runnable ended) {
            Asked now = new Asked(workspace, news, ended);
            asked.add(now);
            return now.following;
        }

        @Override
        public CompletableFuture<Requests.Newest> newest(
                WorkspaceId workspace, RequestFilter filter, int size, Consumer<News> news, Runnable ended) {
            Asked now = new Asked(workspace, news, ended);
            asked.add(now);
            return now.newest;
        }

        @Override
        public CompletableFuture<RequestPage> page(
                CompletableFuture<?> begun, WorkspaceId workspace, RequestFilter filter, int size) {
            return begun.thenApply(done -> PAGE);
        }
    }

    private static final class Asked {

        private final WorkspaceId workspace;
        private final Consumer<News> news;
        private final Runnable ended;
        private final CompletableFuture<LiveTail.Following> following = new CompletableFuture<>();
        private final CompletableFuture<Requests.Newest> newest = new CompletableFuture<>();
        private boolean isClosed;

        Asked(WorkspaceId workspace, Consumer<News> news, Runnable ended) {
            this.workspace = workspace;
            this.news = news;
            this.ended = ended;
        }

        WorkspaceId workspace() {
            return workspace;
        }

        LiveTail.Following following() {
            return () -> isClosed = true;
        }

        void begin() {
            following.complete(following());
        }
    }
}
