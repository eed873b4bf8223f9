package io.rateguard.console.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final AtomicInteger made = new AtomicInteger();

    @Test
    void thoseWhoWantTheSameAtTheSameTimeGetOneAnswer() {
        Shared<String, Integer> shared = new Shared<>(CLOCK, (wanted, now) -> made.incrementAndGet());

        assertThat(shared.read("a", NOW).join()).isEqualTo(1);
        assertThat(shared.read("a", NOW.minusSeconds(1)).join()).isEqualTo(1);
        assertThat(shared.read("b", NOW).join()).isEqualTo(2);
    }

    @Test
    void whoWantsALaterOneGetsAnother() {
        Shared<String, Integer> shared = new Shared<>(CLOCK, (wanted, now) -> made.incrementAndGet());
        shared.read("a", NOW).join();

        assertThat(shared.read("a", NOW.plusMillis(1)).join()).isEqualTo(2);
    }

    @Test
    void whileOneIsUnderWayNoOtherBegins() {
        CompletableFuture<Integer> slow = new CompletableFuture<>();
        Shared<String, Integer> shared = new Shared<>(CLOCK, (wanted, now) -> {
            made.incrementAndGet();
            return slow.join();
        });
        CompletableFuture<Integer> first = shared.read("a", NOW);

        assertThat(shared.read("a", NOW.plusSeconds(9))).isSameAs(first);
        slow.complete(7);
        assertThat(first.join()).isEqualTo(7);
        assertThat(made).hasValue(1);
    }

    @Test
    void whatFailedIsMadeAgain() {
        Shared<String, Integer> shared = new Shared<>(CLOCK, (wanted, now) -> {
            if (made.incrementAndGet() == 1) {
                throw new IllegalStateException("away");
            }
            return made.get();
        });

        assertThatThrownBy(() -> shared.read("a", NOW).join())
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("away");
        assertThat(shared.read("a", NOW).join()).isEqualTo(2);
    }
}
