package io.rateguard.console.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.requests.LiveTail.News;
import io.rateguard.domain.id.WorkspaceId;
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

    private final List<Asked> asked = new ArrayList<>();
    private final Queue<Runnable> screen = new ArrayDeque<>();
    private final List<News> taken = new ArrayList<>();
    private int dismissals;
    private final NewsFeed feed = new NewsFeed(this::ask, taken::add, () -> dismissals++);

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

    private Future<?> follow(WorkspaceId workspace) {
        return feed.follow(workspace, screen::add);
    }

    private void runScreen() {
        while (!screen.isEmpty()) {
            screen.remove().run();
        }
    }

    private CompletableFuture<LiveTail.Following> ask(WorkspaceId workspace, Consumer<News> news, Runnable ended) {
        Asked now = new Asked(workspace, news, ended);
        asked.add(now);
        return now.following;
    }

    private static final class Asked {

        private final WorkspaceId workspace;
        private final Consumer<News> news;
        private final Runnable ended;
        private final CompletableFuture<LiveTail.Following> following = new CompletableFuture<>();
        private boolean isClosed;

        Asked(WorkspaceId workspace, Consumer<News> news, Runnable ended) {
            this.workspace = workspace;
            this.news = news;
            this.ended = ended;
        }

        WorkspaceId workspace() {
            return workspace;
        }

        void begin() {
            following.complete(() -> isClosed = true);
        }
    }
}
