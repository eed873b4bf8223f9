package io.rateguard.alerts.retention;

import io.rateguard.alerts.Exclusive;
import io.rateguard.alerts.management.AlertsStatus;
import io.rateguard.alerts.retention.KeptWorkspaces.Kept;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.Removal;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes single requests that are older than their workspace keeps them, by whole days, everything of workspaces that
 * were deleted, keys that were lent, and addresses that nobody proved to be theirs; of several services one at a time does.
 */
public final class Retention implements AutoCloseable {

    private static final String PART = "retention";

    /** Any number that nobody else locks. */
    private static final long LOCK = 0x7265_7465_6e74_696fL;

    /** Longer than events wait in Kafka, and in the journal of a proxy that is away. */
    private static final Duration LATE = Duration.ofDays(14);

    private final KeptWorkspaces workspaces;
    private final LentKeys lentKeys;
    private final AddressProofs addressProofs;
    private final Removal removal;
    private final Exclusive exclusive;
    private final Duration lookEvery;
    private final Clock clock;
    private final AlertsStatus status;
    private final Map<WorkspaceId, Instant> keptSince = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("retention").factory());

    public Retention(
            JdbcClient database,
            ClickHouse clickHouse,
            Exclusive exclusive,
            Duration lookEvery,
            Clock clock,
            AlertsStatus status) {
        this.workspaces = new KeptWorkspaces(database);
        this.lentKeys = new LentKeys(database);
        this.addressProofs = new AddressProofs(database);
        this.removal = new Removal(clickHouse);
        this.exclusive = exclusive;
        this.lookEvery = lookEvery;
        this.clock = clock;
        this.status = status;
    }

    public void start() {
        var _ = timer.scheduleWithFixedDelay(
                () -> status.attempt(PART, this::look), 0, lookEvery.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        timer.close();
    }

    private void look() {
        var _ = exclusive.run(LOCK, this::remove);
    }

    private void remove() {
        lentKeys.remove();
        addressProofs.remove();
        for (WorkspaceId workspace : workspaces.deleted()) {
            if (removal.removeAll(workspace)) {
                workspaces.erased(workspace, LATE);
            }
        }
        // By whole days: what is removed has its part of the table written anew.
        Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);
        for (Kept kept : workspaces.living()) {
            Instant end = today.minus(Duration.ofDays(kept.days()));
            if (!end.equals(keptSince.get(kept.workspace())) && removal.removeRequests(kept.workspace(), end)) {
                keptSince.put(kept.workspace(), end);
            }
        }
    }
}
