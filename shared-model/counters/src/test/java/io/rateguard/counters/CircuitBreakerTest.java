package io.rateguard.counters;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private final Queue<Runnable> timer = new ArrayDeque<>();
    private final AtomicInteger probes = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private boolean away;
    private final CircuitBreaker breaker = new CircuitBreaker(this::probe, this::later, () -> 0);

    @Test
    void asksNothingMoreAfterSomeFailuresInARow() {
        away = true;
        for (int i = 1; i < CircuitBreaker.FAILURES_IN_A_ROW; i++) {
            assertThat(call()).isTrue();
        }
        assertThat(breaker.isClosed()).isTrue();
        assertThat(call()).isTrue();
        assertThat(breaker.isClosed()).isFalse();

        assertThat(call()).isFalse();
        assertThat(asked).hasValue(CircuitBreaker.FAILURES_IN_A_ROW);
    }

    @Test
    void oneAnswerInBetweenStartsTheCountAnew() {
        for (int i = 0; i < 5; i++) {
            away = true;
            for (int failure = 1; failure < CircuitBreaker.FAILURES_IN_A_ROW; failure++) {
                call();
            }
            away = false;
            call();
        }

        assertThat(breaker.isClosed()).isTrue();
    }

    @Test
    void probesUntilOneIsAnsweredAndAsksAgain() {
        open();
        pass(PROBE_PAUSE);
        pass(PROBE_PAUSE);
        assertThat(probes).hasValue(2);
        assertThat(breaker.isClosed()).isFalse();

        away = false;
        pass(PROBE_PAUSE);

        assertThat(breaker.isClosed()).isTrue();
        assertThat(timer).isEmpty();
        call();
        assertThat(asked).hasValue(CircuitBreaker.FAILURES_IN_A_ROW + 1);
    }

    @Test
    void aProbeThatSomebodyElseSendsClosesItToo() {
        open();
        away = false;

        assertThat(breaker.probe().toCompletableFuture()).isCompleted();

        assertThat(breaker.isClosed()).isTrue();
        pass(PROBE_PAUSE);
        assertThat(probes).hasValue(1);
    }

    @Test
    void lateFailuresOfAnOpenCircuitStartNoSecondProbe() {
        away = true;
        Queue<CompletableFuture<Reply>> late = new ArrayDeque<>();
        for (int i = 0; i < 3 * CircuitBreaker.FAILURES_IN_A_ROW; i++) {
            CompletableFuture<Reply> answer = new CompletableFuture<>();
            late.add(answer);
            var _ = breaker.call(() -> answer);
        }
        late.forEach(answer -> answer.completeExceptionally(failure()));

        assertThat(timer).hasSize(1);
    }

    private static final Duration PROBE_PAUSE = CircuitBreaker.PROBE_PAUSE;

    private void open() {
        away = true;
        for (int i = 0; i < CircuitBreaker.FAILURES_IN_A_ROW; i++) {
            call();
        }
        assertThat(breaker.isClosed()).isFalse();
    }

    /** Whether the store was asked. */
    private boolean call() {
        try {
            breaker.call(this::answer).toCompletableFuture().join();
            return true;
        } catch (CompletionException failure) {
            return failure.getCause() instanceof CountersUnavailable unavailable && unavailable.asked();
        }
    }

    private CompletionStage<Reply> answer() {
        asked.incrementAndGet();
        return away ? CompletableFuture.failedStage(failure()) : CompletableFuture.completedStage(new Reply(List.of()));
    }

    private CompletionStage<Reply> probe() {
        probes.incrementAndGet();
        return away ? CompletableFuture.failedStage(failure()) : CompletableFuture.completedStage(new Reply(List.of()));
    }

    private static CountersUnavailable failure() {
        return new CountersUnavailable("away", new IllegalStateException());
    }

    private Future<?> later(Runnable task, Duration delay) {
        assertThat(delay).isEqualTo(PROBE_PAUSE);
        timer.add(task);
        return CompletableFuture.completedFuture(null);
    }

    private void pass(Duration time) {
        assertThat(time).isEqualTo(PROBE_PAUSE);
        timer.remove().run();
    }
}
