package io.rateguard.counters;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many pieces of work be under way at once; others wait in order of arrival, up to a time. No thread waits, and
 * no thread holds a lock: whoever changes something starts what can be started.
 */
final class AdmissionGate {

    private final int places;
    private final Duration longestWait;
    private final Timer timer;
    private final Queue<Waiting<?>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();

    AdmissionGate(int places, Duration longestWait, Timer timer) {
        this.places = places;
        this.longestWait = longestWait;
        this.timer = timer;
    }

    <T> CompletionStage<T> pass(Supplier<CompletionStage<T>> work) {
        Waiting<T> waiting = new Waiting<>(work);
        queue.add(waiting);
        startWhatCanBeStarted();
        waiting.limitWait();
        return waiting.result;
    }

    /** Only one thread at a time goes through the queue; others leave word, so that this one looks once more. */
    private void startWhatCanBeStarted() {
        if (changes.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            startFirst();
            seen = changes.addAndGet(-seen);
        } while (seen != 0);
    }

    private void startFirst() {
        while (underWay.get() < places) {
            Waiting<?> first = queue.poll();
            if (first == null) {
                return;
            }
            if (first.leaveQueue()) {
                underWay.incrementAndGet();
                first.start();
            }
        }
    }

    private final class Waiting<T> {

        private final Supplier<CompletionStage<T>> work;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private final AtomicBoolean left = new AtomicBoolean();
        private volatile @Nullable Future<?> overdue;

        Waiting(Supplier<CompletionStage<T>> work) {
            this.work = work;
        }

        /** True for one caller: either it starts, or its time is up. */
        boolean leaveQueue() {
            return left.compareAndSet(false, true);
        }

        void limitWait() {
            if (left.get()) {
                return;
            }
            Future<?> scheduled = timer.schedule(this::giveUp, longestWait);
            overdue = scheduled;
            if (left.get()) {
                scheduled.cancel(false);
            }
        }

        void start() {
            Future<?> scheduled = overdue;
            if (scheduled != null) {
                scheduled.cancel(false);
            }
            CompletionStage<T> started;
            try {
                started = work.get();
            } catch (RuntimeException failure) {
                started = CompletableFuture.failedStage(failure);
            }
            started.whenComplete((value, failure) -> {
                underWay.decrementAndGet();
                startWhatCanBeStarted();
                if (failure == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        }

        private void giveUp() {
            if (leaveQueue()) {
                queue.remove(this);
                result.completeExceptionally(
                        new CountersOverloaded("no place for an admission within " + longestWait.toMillis() + " ms"));
            }
        }
    }
}
