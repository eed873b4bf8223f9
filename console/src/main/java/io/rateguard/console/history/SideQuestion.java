package io.rateguard.console.history;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asked of the history beside something else, which is told without an answer when there is none soon. */
public final class SideQuestion {

    private static final Logger log = LoggerFactory.getLogger(SideQuestion.class);
    private static final long PATIENCE_MILLIS = 2_000;

    private SideQuestion() {}

    public static <T> Optional<T> ask(String name, Supplier<T> question) {
        try {
            return Optional.of(CompletableFuture.supplyAsync(
                            question, asking -> Thread.ofVirtual().name(name).start(asking))
                    .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .join());
        } catch (CompletionException away) {
            log.debug("{}: not known now", name, away);
            return Optional.empty();
        }
    }
}
