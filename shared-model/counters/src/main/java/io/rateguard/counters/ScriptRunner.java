package io.rateguard.counters;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisException;
import org.redisson.client.RedisNodeNotFoundException;
import org.redisson.client.RedisTryAgainException;

/**
 * Runs scripts, each at most once with effect: sent again only when it is known not to have run, once after giving the
 * server the library when it does not know it, up to three times while its keys are moving, and until the deadline while
 * the client does not know which server of a cluster has them: it forgets a slot for a moment when it learns of a move.
 */
final class ScriptRunner {

    private static final int TRIES_WHILE_MOVING = 3;
    private static final Duration PAUSE_WHILE_SOUGHT = Duration.ofMillis(1);
    private static final String NOT_KNOWN = "Function not found";

    private final ScriptServer server;
    private final long deadlineNanos;
    private final Timer timer;
    private final LongSupplier nanoTime;

    ScriptRunner(ScriptServer server, Duration deadline, Timer timer, LongSupplier nanoTime) {
        this.server = server;
        this.deadlineNanos = deadline.toNanos();
        this.timer = timer;
        this.nanoTime = nanoTime;
    }

    CompletionStage<Reply> run(ScriptCall call) {
        return new Run(call, nanoTime.getAsLong()).start();
    }

    private final class Run {

        private final ScriptCall call;
        private final long startedNanos;
        private final CompletableFuture<Reply> result = new CompletableFuture<>();
        private boolean loaded;
        private int movingTries;

        Run(ScriptCall call, long startedNanos) {
            this.call = call;
            this.startedNanos = startedNanos;
        }

        CompletionStage<Reply> start() {
            send();
            return result;
        }

        private void send() {
            CompletionStage<List<Object>> sent;
            try {
                sent = server.run(call);
            } catch (RuntimeException failure) {
                result.completeExceptionally(unavailable(failure));
                return;
            }
            sent.whenComplete(this::answered);
        }

        private void answered(@Nullable List<Object> values, @Nullable Throwable failure) {
            if (values != null) {
                result.complete(new Reply(values));
                return;
            }
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (isNotKnown(cause) && !loaded) {
                loaded = true;
                server.load().whenComplete((done, hasItAlready) -> send());
            } else if (cause instanceof RedisNodeNotFoundException && isInTime()) {
                var _ = timer.schedule(this::send, PAUSE_WHILE_SOUGHT);
            } else if (cause instanceof RedisTryAgainException && ++movingTries <= TRIES_WHILE_MOVING && isInTime()) {
                send();
            } else {
                result.completeExceptionally(unavailable(cause));
            }
        }

        private static boolean isNotKnown(@Nullable Throwable cause) {
            return cause instanceof RedisException refusal
                    && refusal.getMessage() != null
                    && refusal.getMessage().contains(NOT_KNOWN);
        }

        private boolean isInTime() {
            return nanoTime.getAsLong() - startedNanos < deadlineNanos;
        }

        private CountersUnavailable unavailable(@Nullable Throwable cause) {
            if (cause instanceof CountersUnavailable already) {
                return already;
            }
            String reason = cause == null ? "an empty answer" : cause.getClass().getSimpleName();
            return new CountersUnavailable(call.script().fileName() + " failed: " + reason, cause);
        }
    }
}
