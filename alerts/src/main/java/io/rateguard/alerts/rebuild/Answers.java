package io.rateguard.alerts.rebuild;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the counters. */
final class Answers {

    private static final long PATIENCE_MILLIS = 5_000;

    private Answers() {}

    /** @throws IllegalStateException when they do not answer */
    static <T> T of(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException away) {
            throw new IllegalStateException("the counters do not answer: " + away.getMessage(), away);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while asking the counters", stopped);
        }
    }
}
