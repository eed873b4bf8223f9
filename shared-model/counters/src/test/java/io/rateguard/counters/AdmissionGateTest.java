package io.rateguard.counters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class AdmissionGateTest {

    private final List<FutureTask<?>> timers = new ArrayList<>();
    private final List<Duration> delays = new ArrayList<>();
    private final AdmissionGate gate = new AdmissionGate(2, Duration.ofSeconds(1), this::later);
    private final List<CompletableFuture<String>> started = new ArrayList<>();

    @Test
    void startsAtOnceWhileThereIsAPlace() {
        CompletionStage<String> result = gate.pass(this::work);

        started.getFirst().complete("done");

        assertThat(result.toCompletableFuture()).isCompletedWithValue("done");
        assertThat(timers).isEmpty();
    }

    @Test
    void startsTheOthersInOrderOfArrival() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            gate.pass(() -> {
                order.add(number);
                return work();
            });
        }
        assertThat(order).containsExactly(0, 1);

        started.get(1).complete("done");
        started.get(0).complete("done");

        assertThat(order).containsExactly(0, 1, 2, 3);
    }

    @Test
    void givesUpWhoWaitsTooLongAndNeverStartsThem() {
        gate.pass(this::work);
        gate.pass(this::work);
        CompletionStage<String> waiting = gate.pass(this::work);
        assertThat(delays).containsExactly(Duration.ofSeconds(1));

        timers.getFirst().run();
        started.forEach(work -> work.complete("done"));

        assertThatThrownBy(() -> waiting.toCompletableFuture().join())
                .hasCauseInstanceOf(CountersOverloaded.class)
                .hasMessageContaining("1000 ms");
        assertThat(started).hasSize(2);
    }

    @Test
    void aTimerThatComesAfterTheStartChangesNothing() {
        gate.pass(this::work);
        gate.pass(this::work);
        CompletionStage<String> waiting = gate.pass(this::work);

        started.get(0).complete("done");
        timers.getFirst().run();
        started.get(2).complete("late but well");

        assertThat(waiting.toCompletableFuture()).isCompletedWithValue("late but well");
        assertThat(timers.getFirst().isCancelled()).isTrue();
    }

    @Test
    void failuresPassThroughAndGiveTheirPlaceBack() {
        CompletionStage<String> failing =
                gate.pass(() -> CompletableFuture.failedStage(new CountersUnavailable("away")));
        CompletionStage<String> throwing = gate.pass(() -> {
            throw new CountersUnavailable("away");
        });

        assertThat(failing.toCompletableFuture()).isCompletedExceptionally();
        assertThat(throwing.toCompletableFuture()).isCompletedExceptionally();
        gate.pass(this::work);
        gate.pass(this::work);
        assertThat(started).hasSize(2);
    }

    @Test
    void aLongQueueThatFailsAtOnceEmptiesWithoutDeepStacks() {
        gate.pass(this::work);
        gate.pass(this::work);
        List<CompletionStage<String>> waiting = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            waiting.add(gate.pass(() -> CompletableFuture.failedStage(new CountersUnavailable("away"))));
        }

        started.getFirst().complete("done");

        assertThat(waiting).allMatch(each -> each.toCompletableFuture().isCompletedExceptionally());
    }

    private CompletionStage<String> work() {
        CompletableFuture<String> work = new CompletableFuture<>();
        started.add(work);
        return work;
    }

    private Future<?> later(Runnable task, Duration delay) {
        FutureTask<?> timer = new FutureTask<>(task, null);
        timers.add(timer);
        delays.add(delay);
        return timer;
    }
}
