package io.rateguard.console.common;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;

/** Answers that several people want at about the same time: each is made once, and no two of the same at once. */
public final class Shared<K, V> {

    /** Nobody wants an older answer, nor waits longer for one that is under way. */
    private static final Duration KEPT = Duration.ofSeconds(30);

    private static final int MOST_KEPT = 1_000;

    private final Clock clock;
    private final BiFunction<K, Instant, V> make;
    private final Cache<K, Made<V>> kept =
            Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(MOST_KEPT).build();

    /** @param make an answer, from what is there at an instant on, in the name of the first one who wants it */
    public Shared(Clock clock, BiFunction<K, Instant, V> make) {
        this.clock = clock;
        this.make = make;
    }

    /** An answer that was begun at an instant or later, or the one that is under way. */
    public CompletableFuture<V> read(K wanted, Instant since) {
        return kept.asMap()
                .compute(wanted, (key, known) -> known != null && known.serves(since) ? known : begin(key))
                .answer();
    }

    private Made<V> begin(K wanted) {
        Instant now = clock.instant();
        AtomicBoolean isUnderWay = new AtomicBoolean(true);
        CompletableFuture<V> answer = Patience.later("shared", () -> {
            try {
                return make.apply(wanted, now);
            } finally {
                isUnderWay.set(false);
            }
        });
        return new Made<>(now, answer, isUnderWay);
    }

    /** @param isUnderWay also when nobody waits for it any more */
    private record Made<V>(Instant at, CompletableFuture<V> answer, AtomicBoolean isUnderWay) {

        boolean serves(Instant since) {
            return isUnderWay.get() || (!at.isBefore(since) && !answer.isCompletedExceptionally());
        }
    }
}
