package io.rateguard.console.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.RequestFilter;
import io.rateguard.analytics.question.RequestLog.Arrivals;
import io.rateguard.analytics.question.RequestRow;
import io.rateguard.analytics.table.ClickHouseFailure;
import io.rateguard.console.requests.LiveTail.Following;
import io.rateguard.console.requests.LiveTail.News;
import io.rateguard.console.requests.LiveTail.Viewer;
import io.rateguard.domain.id.WorkspaceId;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LiveTailTest {

    private static final WorkspaceId OURS = new WorkspaceId(new UUID(0, 1));
    private static final WorkspaceId THEIRS = new WorkspaceId(new UUID(0, 2));

    private final Kept history = new Kept();
    private final LiveTail tail = new LiveTail(history, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    private final List<News> seen = new ArrayList<>();

    @Test
    void tellsWhatComesInAfterSomeoneBeganToLook() {
        history.comeIn(OURS, "before");
        var _ = follow(OURS, viewer(seen::add));
        history.comeIn(OURS, "first");
        history.comeIn(OURS, "second");

        tail.look();
        tail.look();

        assertThat(seen).containsExactly(new News(List.of(row("second"), row("first")), false));
    }

    @Test
    void asksOnceHoweverManyLookAndTellsEachOfTheirOwnWorkspaceAlone() {
        List<News> others = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            var _ = follow(OURS, viewer(seen::add));
        }
        var _ = follow(THEIRS, viewer(others::add));
        history.comeIn(OURS, "ours");

        tail.look();

        assertThat(history.asked).containsOnly(Map.entry(OURS, 1), Map.entry(THEIRS, 1));
        assertThat(seen).hasSize(3);
        assertThat(others).isEmpty();
    }

    @Test
    void asksNothingOnceNobodyLooks() {
        Following first = follow(OURS, viewer(seen::add));
        Following second = follow(OURS, viewer(news -> {}));

        first.close();
        tail.look();
        second.close();
        tail.look();

        assertThat(history.asked).containsOnly(Map.entry(OURS, 1));
    }

    @Test
    void aViewerThatFailsKeepsTheOthersFromNothing() {
        var _ = follow(OURS, viewer(news -> {
            throw new IllegalStateException("gone");
        }));
        var _ = follow(OURS, viewer(seen::add));
        history.comeIn(OURS, "first");

        tail.look();

        assertThat(seen).hasSize(1);
    }

    @Test
    void goesOnWhereItWasWhenTheHistoryWasAway() {
        var _ = follow(OURS, viewer(seen::add));
        history.isAway = true;
        tail.look();
        history.comeIn(OURS, "meanwhile");
        history.isAway = false;

        tail.look();

        assertThat(seen).containsExactly(new News(List.of(row("meanwhile")), false));
    }

    @Test
    void endsForWhoMayLookNoMoreAndForThemAlone() {
        AtomicBoolean may = new AtomicBoolean(true);
        List<String> told = new ArrayList<>();
        List<News> theirs = new ArrayList<>();
        var _ = follow(OURS, new Viewer(theirs::add, may::get, () -> told.add("ended")));
        var _ = follow(OURS, viewer(seen::add));
        tail.dismiss();
        assertThat(told).isEmpty();

        may.set(false);
        tail.dismiss();
        tail.dismiss();
        history.comeIn(OURS, "later");
        tail.look();

        assertThat(told).containsExactly("ended");
        assertThat(theirs).isEmpty();
        assertThat(seen).hasSize(1);
    }

    @Test
    void goesOnWhileNobodyCanSayWhoMayLook() {
        var _ = follow(
                OURS,
                new Viewer(
                        seen::add,
                        () -> {
                            throw new IllegalStateException("the database is away");
                        },
                        () -> seen.clear()));

        tail.dismiss();
        history.comeIn(OURS, "later");
        tail.look();

        assertThat(seen).hasSize(1);
    }

    @Test
    void tellsAllThatComesInBehindWhatAViewerHasSeen() {
        List<News> others = new ArrayList<>();
        history.comeIn(OURS, "first");
        var _ = tail.follow(OURS, 1, viewer(seen::add));
        history.comeIn(OURS, "second");
        tail.look();
        seen.clear();

        history.comeIn(OURS, "third");
        var _ = tail.follow(OURS, 1, viewer(others::add));
        tail.look();
        history.comeIn(OURS, "fourth");
        tail.look();

        News behindTheFirst = new News(List.of(row("third"), row("second")), false);
        News later = new News(List.of(row("fourth")), false);
        assertThat(others).containsExactly(behindTheFirst, later);
        assertThat(seen).as("told again of one").containsExactly(behindTheFirst, later);
    }

    @Test
    void losesNothingForWhoBeginsWhileItLooks() {
        history.comeIn(OURS, "first");
        history.comeIn(OURS, "second");
        var _ = tail.follow(OURS, 2, viewer(news -> {}));
        history.whileAsked = () -> {
            var _ = tail.follow(OURS, 1, viewer(seen::add));
        };

        tail.look();
        tail.look();

        assertThat(seen).containsExactly(new News(List.of(row("second")), false));
    }

    @Test
    void goesOnFromWhereAViewerBeganWhenTheHistoryWasAway() {
        history.comeIn(OURS, "first");
        var _ = tail.follow(OURS, 0, viewer(seen::add));
        history.isAway = true;
        tail.look();
        history.isAway = false;

        tail.look();

        assertThat(seen).containsExactly(new News(List.of(row("first")), false));
    }

    private Following follow(WorkspaceId workspace, Viewer viewer) {
        return tail.follow(workspace, tail.reach(workspace), viewer);
    }

    private static Viewer viewer(Consumer<News> news) {
        return new Viewer(news, () -> true, () -> {});
    }

    private static RequestRow row(String path) {
        return Rows.of(path);
    }

    /** Rows by workspace; the reach is how many there are. */
    private static final class Kept implements LiveTail.History {

        private final Map<WorkspaceId, List<RequestRow>> rows = new HashMap<>();
        private final Map<WorkspaceId, Integer> asked = new HashMap<>();
        private boolean isAway;
        private Runnable whileAsked = () -> {};

        void comeIn(WorkspaceId workspace, String path) {
            rows.computeIfAbsent(workspace, id -> new ArrayList<>()).add(row(path));
        }

        @Override
        public long reach(WorkspaceId workspace, Instant since) {
            return rows.getOrDefault(workspace, List.of()).size();
        }

        @Override
        public Arrivals arrivals(WorkspaceId workspace, RequestFilter filter, long reach, int most) {
            asked.merge(workspace, 1, Integer::sum);
            if (isAway) {
                throw new ClickHouseFailure("away", new IOException("away"));
            }
            Runnable meanwhile = whileAsked;
            whileAsked = () -> {};
            meanwhile.run();
            List<RequestRow> all = rows.getOrDefault(workspace, List.of());
            return new Arrivals(List.copyOf(all.subList((int) reach, all.size()).reversed()), all.size());
        }
    }
}
