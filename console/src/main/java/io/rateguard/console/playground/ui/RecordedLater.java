package io.rateguard.console.playground.ui;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.requests.Requests.Explained;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/** Waits for a request to be recorded, in the name of whoever made this. */
final class RecordedLater {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PACE = Duration.ofMillis(500);

    private final Function<String, Explained> explained;
    private final SecurityContext caller = SecurityContextHolder.getContext();

    /** @param explained answers by a request's id; objects that there is none while it is not recorded */
    RecordedLater(Function<String, Explained> explained) {
        this.explained = explained;
    }

    /**
     * On the thread at hand, until it is interrupted.
     *
     * @param isWanted whether anybody still waits; else nobody is told
     * @param then told without it where it is not recorded in time
     */
    void await(String requestId, BooleanSupplier isWanted, Consumer<Optional<Explained>> then) {
        Runnable waiting = () -> {
            Optional<Explained> found = find(requestId, isWanted);
            if (isWanted.getAsBoolean()) {
                then.accept(found);
            }
        };
        new DelegatingSecurityContextRunnable(waiting, caller).run();
    }

    private Optional<Explained> find(String requestId, BooleanSupplier isWanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (isWanted.getAsBoolean() && System.nanoTime() < end) {
            try {
                return Optional.of(explained.apply(requestId));
            } catch (Problem notYet) {
                if (notYet.status() != HttpStatus.NOT_FOUND) {
                    return Optional.empty();
                }
            }
            try {
                Thread.sleep(PACE);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
