package io.rateguard.counters;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Tries calls that may be made twice again for about the life of a hold, at first soon, then rarely. */
record Retries(Timer timer) {

    private static final List<Duration> PAUSES = List.of(
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30));

    /** Fails with what the last try failed with. */
    <T> CompletionStage<T> of(Supplier<CompletionStage<T>> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        attempt(call, result, 0);
        return result;
    }

    private <T> void attempt(Supplier<CompletionStage<T>> call, CompletableFuture<T> result, int failures) {
        call.get().whenComplete((answer, failure) -> {
            if (failure == null) {
                result.complete(answer);
            } else if (failures < PAUSES.size()) {
                var _ = timer.schedule(() -> attempt(call, result, failures + 1), PAUSES.get(failures));
            } else {
                result.completeExceptionally(failure);
            }
        });
    }
}
