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
        var _ = tail.follow(OURS, viewer(seen::add));
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
            var _ = tail.follow(OURS, viewer(seen::add));
        }
        var _ = tail.follow(THEIRS, viewer(others::add));
        history.comeIn(OURS, "ours");

        tail.look();

        assertThat(history.asked).containsOnly(Map.entry(OURS, 1), Map.entry(THEIRS, 1));
        assertThat(seen).hasSize(3);
        assertThat(others).isEmpty();
    }

    @Test
    void asksNothingOnceNobodyLooks() {
        Following first = tail.follow(OURS, viewer(seen::add));
        Following second = tail.follow(OURS, viewer(news -> {}));

        first.close();
        tail.look();
        second.close();
        tail.look();

        assertThat(history.asked).containsOnly(Map.entry(OURS, 1));
    }

    @Test
    void aViewerThatFailsKeepsTheOthersFromNothing() {
        var _ = tail.follow(OURS, viewer(news -> {
            throw new IllegalStateException("gone");
        }));
        var _ = tail.follow(OURS, viewer(seen::add));
        history.comeIn(OURS, "first");

        tail.look();

        assertThat(seen).hasSize(1);
    }

    @Test
    void goesOnWhereItWasWhenTheHistoryWasAway() {
        var _ = tail.follow(OURS, viewer(seen::add));
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
        var _ = tail.follow(OURS, new Viewer(theirs::add, may::get, () -> told.add("ended")));
        var _ = tail.follow(OURS, viewer(seen::add));
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
        var _ = tail.follow(
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
            List<RequestRow> all = rows.getOrDefault(workspace, List.of());
            return new Arrivals(all.subList((int) reach, all.size()).reversed(), all.size());
        }
    }
}
