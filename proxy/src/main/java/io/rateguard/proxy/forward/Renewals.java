package io.rateguard.proxy.forward;

import io.rateguard.counters.Claim;
import io.rateguard.counters.Counters;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what calls under way hold from lapsing: holds of budgets and leases of concurrency limits. A few looks in each
 * hold's life renew what is a third of a life old, so that several may fail before anything lapses.
 */
public final class Renewals implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Renewals.class);

    private static final int LOOKS_PER_LIFE = 12;
    private static final int RENEWALS_PER_LIFE = 3;

    private final Counters counters;
    private final Collection<Exchange> open;
    private final long staleNanos;
    private final AtomicLong renewed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final ScheduledThreadPoolExecutor timer;

    Renewals(Counters counters, Duration holdLife, Collection<Exchange> open) {
        this.counters = counters;
        this.open = open;
        staleNanos = holdLife.toNanos() / RENEWALS_PER_LIFE;
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("renewals").factory());
        long pause = holdLife.toNanos() / LOOKS_PER_LIFE;
        var _ = timer.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.NANOSECONDS);
    }

    /** How often a call's holds were given another life. */
    public long renewed() {
        return renewed.get();
    }

    /** How many renewals of a workspace's calls failed; each was tried again at the next look. */
    public long failed() {
        return failed.get();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void look() {
        long now = System.nanoTime();
        Map<WorkspaceId, Map<Exchange, Claim>> stale = new HashMap<>();
        for (Exchange exchange : open) {
            Claim held = exchange.held();
            if (held != null && now - exchange.keptNanos() >= staleNanos) {
                stale.computeIfAbsent(held.workspace(), unseen -> new LinkedHashMap<>())
                        .put(exchange, held);
            }
        }
        stale.forEach(this::renew);
    }

    private void renew(WorkspaceId workspace, Map<Exchange, Claim> calls) {
        long now = System.nanoTime();
        var _ = counters.renew(List.copyOf(calls.values())).whenComplete((count, failure) -> {
            if (failure != null) {
                failed.incrementAndGet();
                log.debug("renewal of {} calls of {}: {}", calls.size(), workspace, failure.getMessage());
                return;
            }
            renewed.addAndGet(count);
            calls.keySet().forEach(call -> call.kept(now));
        });
    }
}
