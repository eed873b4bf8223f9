package io.rateguard.alerts.rebuild;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the counters. */
public final class Answers {

    private static final long PATIENCE_MILLIS = 5_000;
    private static final long PATIENCE_FOR_MANY_MILLIS = 120_000;

    private Answers() {}

    /** @throws IllegalStateException when they do not answer */
    public static <T> T of(CompletionStage<T> answer) {
        return within(PATIENCE_MILLIS, answer);
    }

    /** As {@link #of}, for many calls one after the other. */
    static <T> T ofMany(CompletionStage<T> answer) {
        return within(PATIENCE_FOR_MANY_MILLIS, answer);
    }

    private static <T> T within(long millis, CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException away) {
            throw new IllegalStateException("the counters do not answer: " + away.getMessage(), away);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while asking the counters", stopped);
        }
    }
}
