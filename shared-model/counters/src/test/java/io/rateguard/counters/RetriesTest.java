package io.rateguard.counters;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RetriesTest {

    private final Queue<Runnable> timer = new ArrayDeque<>();
    private final Retries retries = new Retries(this::later);
    private Duration waited = Duration.ZERO;
    private int failing;
    private int asked;

    @Test
    void answersWithTheFirstAnswer() {
        failing = 3;

        CompletableFuture<Integer> answer = retries.of(this::ask).toCompletableFuture();
        pass();

        assertThat(answer).isCompletedWithValue(4);
        assertThat(waited).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void givesUpWithTheLastFailureWhenAHoldWouldHaveLapsed() {
        failing = Integer.MAX_VALUE;

        CompletableFuture<Integer> answer = retries.of(this::ask).toCompletableFuture();
        pass();

        assertThat(answer).isCompletedExceptionally();
        assertThat(answer.exceptionNow()).hasMessage("away " + asked);
        assertThat(waited).isBetween(Duration.ofSeconds(45), Duration.ofSeconds(60));
    }

    private CompletionStage<Integer> ask() {
        asked++;
        return asked <= failing
                ? CompletableFuture.failedStage(new CountersUnavailable("away " + asked))
                : CompletableFuture.completedStage(asked);
    }

    private Future<?> later(Runnable task, Duration delay) {
        waited = waited.plus(delay);
        timer.add(task);
        return CompletableFuture.completedFuture(null);
    }

    private void pass() {
        while (!timer.isEmpty()) {
            timer.remove().run();
        }
    }
}
