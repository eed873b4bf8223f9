package io.rateguard.counters;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks nothing more of a store that has failed some times in a row, so that nobody waits for it, until a probe is
 * answered. One log line for each change.
 */
final class CircuitBreaker {

    static final int FAILURES_IN_A_ROW = 8;
    static final Duration PROBE_PAUSE = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(CircuitBreaker.class);

    private final Supplier<CompletionStage<Reply>> probe;
    private final Timer timer;
    private final LongSupplier nanoTime;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicBoolean open = new AtomicBoolean();
    private volatile long openedNanos;

    /** @param probe writes something small: a store that only reads cannot count */
    CircuitBreaker(Supplier<CompletionStage<Reply>> probe, Timer timer, LongSupplier nanoTime) {
        this.probe = probe;
        this.timer = timer;
        this.nanoTime = nanoTime;
    }

    CompletionStage<Reply> call(Supplier<CompletionStage<Reply>> work) {
        if (open.get()) {
            return CompletableFuture.failedStage(new CountersUnavailable("Redis does not answer: not asked"));
        }
        return work.get().whenComplete((reply, failure) -> {
            if (failure == null) {
                succeeded();
            } else {
                failed(failure);
            }
        });
    }

    /** Asks the store whatever came before; an answer closes the circuit. */
    CompletionStage<Reply> probe() {
        return probe.get().whenComplete((reply, failure) -> {
            if (failure == null) {
                close();
            }
        });
    }

    /** Whether the store is asked. */
    boolean isClosed() {
        return !open.get();
    }

    private void succeeded() {
        if (failures.get() != 0) {
            failures.set(0);
        }
    }

    private void failed(Throwable failure) {
        if (failures.incrementAndGet() >= FAILURES_IN_A_ROW && open.compareAndSet(false, true)) {
            openedNanos = nanoTime.getAsLong();
            LOG.warn(
                    "Redis does not answer ({}): limits and budgets go by their failure policies until it does",
                    failure.getMessage());
            probeLater();
        }
    }

    private void probeLater() {
        var _ = timer.schedule(
                () -> {
                    if (open.get()) {
                        var _ = probe().whenComplete(this::probed);
                    }
                },
                PROBE_PAUSE);
    }

    private void probed(@Nullable Reply reply, @Nullable Throwable failure) {
        if (failure != null) {
            probeLater();
        }
    }

    private void close() {
        failures.set(0);
        if (open.compareAndSet(true, false)) {
            Duration away = Duration.ofNanos(nanoTime.getAsLong() - openedNanos);
            LOG.info("Redis answers again, after {} s", away.toMillis() / 1_000.0);
        }
    }
}
