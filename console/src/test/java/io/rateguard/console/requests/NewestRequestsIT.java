package io.rateguard.console.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.RequestFilter;
import io.rateguard.analytics.question.RequestRow;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.Provenance;
import io.rateguard.analytics.table.RequestRows;
import io.rateguard.console.fixture.Recording;
import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.TestDatabase;
import io.rateguard.console.security.SignedIn;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.usage.UsageSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NewestRequestsIT {

    private static final int VIEWERS = 24;
    /** How many look beside each other before they all leave: the next one is the first one again. */
    private static final int BESIDE = 4;

    private static final int PAGE = 1_000;
    private static final int BLOCK = 3;
    private static final long SOON_MILLIS = 20_000;

    private final RunningConsole console = RunningConsole.get();
    private final Requests requests = console.context().getBean(Requests.class);
    private final List<RequestEvent> recorded = new CopyOnWriteArrayList<>();
    private final Semaphore blocks = new Semaphore(0);
    private volatile boolean goesOn = true;

    @AfterEach
    void signOut() {
        SignedIn.out();
    }

    @Test
    void whoeverOpensTheLogWhileRequestsComeInMissesNone() throws SQLException, InterruptedException {
        WorkspaceId workspace = newWorkspace();
        SignedIn.as(console, RunningConsole.EMAIL);
        Thread intake = Thread.ofPlatform().start(() -> keepComingIn(workspace));
        List<Viewer> looking = new ArrayList<>();
        try {
            for (int i = 0; i < VIEWERS; i++) {
                looking.add(new Viewer(workspace, i % 3 == 2 ? Decision.LIMITED : null));
                awaitBlocks();
                for (Viewer viewer : looking) {
                    viewer.awaitAll(recorded);
                }
                if (looking.size() == BESIDE) {
                    looking.forEach(Viewer::leave);
                    looking.clear();
                }
            }
        } finally {
            goesOn = false;
            intake.join();
        }
        assertThat(recorded).as("all fit the page").hasSizeLessThan(PAGE);
    }

    private void awaitBlocks() throws InterruptedException {
        blocks.drainPermits();
        assertThat(blocks.tryAcquire(2, SOON_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
    }

    /** In blocks, as the intake writes them; some were charged before others that were there first. */
    private void keepComingIn(WorkspaceId workspace) {
        UUID journal = UUID.randomUUID();
        try (ClickHouse history = console.openHistory()) {
            for (long offset = 0; goesOn; offset += BLOCK) {
                RequestRows rows = new RequestRows();
                List<RequestEvent> block = new ArrayList<>();
                for (int i = 0; i < BLOCK; i++) {
                    block.add(event(workspace, Instant.now().minusMillis(offset % 7 * 100), i == 0));
                    rows.add(block.getLast(), new Provenance(0, offset + i, journal, offset + i));
                }
                history.insert(rows.block(), journal + " " + offset);
                recorded.addAll(block);
                blocks.release();
            }
        }
    }

    private static RequestEvent event(WorkspaceId workspace, Instant time, boolean isLimited) {
        Decision decision = isLimited ? Decision.LIMITED : Decision.ALLOWED;
        return Recording.event(workspace, time, "gpt-4o", decision, UsageSource.PROVIDER, Outcome.COMPLETED);
    }

    private WorkspaceId newWorkspace() throws SQLException {
        UUID id = UUID.randomUUID();
        try (Connection owner = console.database().owner()) {
            TestDatabase.change(
                    owner, "INSERT INTO workspaces (id, slug, name) VALUES ('" + id + "', 'new-" + id + "', 'New')");
            TestDatabase.change(
                    owner,
                    "INSERT INTO memberships (workspace_id, user_id, role) SELECT '" + id
                            + "', id, 'viewer' FROM users WHERE email = '" + RunningConsole.EMAIL + "'");
        }
        return new WorkspaceId(id);
    }

    /** Has the newest page before it, and what it is told of after. */
    private final class Viewer {

        private final RequestFilter filter;
        private final Set<RequestId> seen = new HashSet<>();
        private final LiveTail.Following following;

        Viewer(WorkspaceId workspace, @Nullable Decision decision) {
            Instant now = Instant.now();
            filter = new RequestFilter(
                    now.minusSeconds(3_600), now.plusSeconds(3_600), null, null, null, decision, null, null, Map.of());
            Requests.Newest newest = requests.newest(workspace, filter, PAGE, news -> see(news.rows()), () -> {});
            following = newest.following();
            see(newest.page().items());
        }

        private synchronized void see(List<RequestRow> rows) {
            rows.forEach(row -> seen.add(row.requestId()));
            notifyAll();
        }

        synchronized void awaitAll(List<RequestEvent> events) throws InterruptedException {
            List<RequestId> wanted = events.stream()
                    .map(RequestRow::of)
                    .filter(filter::accepts)
                    .map(RequestRow::requestId)
                    .toList();
            long end = System.currentTimeMillis() + SOON_MILLIS;
            while (!seen.containsAll(wanted) && System.currentTimeMillis() < end) {
                wait(SOON_MILLIS);
            }
            assertThat(seen).containsAll(wanted);
        }

        void leave() {
            following.close();
        }
    }
}
