package io.rateguard.console.history;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asked of the history on a thread of its own, and let go when there is no answer soon: then the rest is told without. */
public final class SideQuestion {

    private static final Logger log = LoggerFactory.getLogger(SideQuestion.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private SideQuestion() {}

    /** Of something that a list can do without. */
    public static <T> Optional<T> ask(String name, Supplier<T> question) {
        return ask(name, PATIENCE, question);
    }

    public static <T> Optional<T> ask(String name, Duration patience, Supplier<T> question) {
        try {
            return Optional.of(CompletableFuture.supplyAsync(
                            question, asking -> Thread.ofVirtual().name(name).start(asking))
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .join());
        } catch (CompletionException away) {
            log.warn("{}: not known now", name, away);
            return Optional.empty();
        }
    }
}
