package io.rateguard.proxy.local;

import io.rateguard.counters.Counters;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** How many proxies there are, this one among them: each says every second that it is alive. */
public final class Fleet implements AutoCloseable {

    private static final long BEAT_MILLIS = 1_000;
    private static final Duration LIFE = Duration.ofSeconds(5);
    private static final Duration LEAVING_WAIT = Duration.ofMillis(500);

    /** A beat more than a proxy lives without one. */
    private static final int BEATS_REMEMBERED = 6;

    private final Counters counters;
    private final UUID self = UUID.randomUUID();
    private final ScheduledThreadPoolExecutor timer;
    private final LatelyCounted lately = new LatelyCounted(BEATS_REMEMBERED);
    private volatile int proxies;

    /** @param assumed how many there are while nobody has counted them */
    public Fleet(Counters counters, int assumed) {
        this.counters = counters;
        proxies = assumed;
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("heartbeat").factory());
        var _ = timer.scheduleWithFixedDelay(this::beat, 0, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The name of this proxy among them. */
    public UUID self() {
        return self;
    }

    /** As last counted, or assumed; 1 or more. */
    public int proxies() {
        return proxies;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        CompletableFuture<Integer> left =
                counters.heartbeat(self, Duration.ZERO).toCompletableFuture();
        // A proxy that cannot say so is gone a few seconds later.
        left.completeOnTimeout(0, LEAVING_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(away -> 0)
                .join();
    }

    private void beat() {
        var _ = counters.heartbeat(self, LIFE).thenAccept(this::counted);
    }

    private synchronized void counted(int count) {
        proxies = lately.with(Math.max(1, count));
    }
}
