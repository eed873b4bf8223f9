package io.rateguard.console.common;

import io.rateguard.console.problem.Problem;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;

/**
 * How long a screen waits for the history. A person's other screens wait for the same lock: what takes longer is
 * refused or done without, and what was asked ends by itself.
 */
public final class Patience {

    private static final Logger log = LoggerFactory.getLogger(Patience.class);
    private static final long MILLIS = 3_000;

    private Patience() {}

    /** The answer, or a refusal that says that there is none now. */
    public static <T> T soon(String name, Supplier<T> question) {
        return soon(name, question, late -> {});
    }

    /** @param late is given the answer when it comes and nobody waits any more */
    public static <T> T soon(String name, Supplier<T> question, Consumer<T> late) {
        try {
            return later(name, question, late).join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw Problem.unavailable("the request history does not answer within " + MILLIS + " ms");
        }
    }

    /** The answer if there is one; for whoever can do without it, or has words of their own for that there is none. */
    public static <T> Optional<T> ifSoon(String name, Supplier<T> question) {
        try {
            return Optional.of(later(name, question).join());
        } catch (CompletionException failed) {
            log.warn("{}: not known now", name, failed);
            return Optional.empty();
        }
    }

    /** Asks on a thread of its own, in the name of whoever asks here. */
    public static <T> CompletableFuture<T> later(String name, Supplier<T> question) {
        return later(name, question, late -> {});
    }

    /** @param late is given the answer when it comes and nobody waits any more */
    public static <T> CompletableFuture<T> later(String name, Supplier<T> question, Consumer<T> late) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        ask(name, question, answer, late);
        return answer.orTimeout(MILLIS, TimeUnit.MILLISECONDS);
    }

    /** As {@link #later(String, Supplier)}, for as long as it takes: a part of what is waited for with patience. */
    public static <T> CompletableFuture<T> beside(String name, Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        ask(name, question, answer, late -> {});
        return answer;
    }

    private static <T> void ask(String name, Supplier<T> question, CompletableFuture<T> answer, Consumer<T> late) {
        Runnable asking = new DelegatingSecurityContextRunnable(() -> {
            try {
                T found = question.get();
                if (!answer.complete(found)) {
                    late.accept(found);
                }
            } catch (RuntimeException failure) {
                answer.completeExceptionally(failure);
            }
        });
        Thread.ofVirtual().name(name).start(asking);
    }
}
