package io.rateguard.domain.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.secret.SecretBox;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncreaseOfferTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final BudgetWindow NOVEMBER = BudgetPeriod.MONTH.windowAt(NOW, ZoneOffset.UTC);
    private static final BudgetId BUDGET = new BudgetId(new UUID(0, 1));
    private static final UUID CROSSING = new UUID(0, 2);
    private static final WorkspaceId WORKSPACE = new WorkspaceId(new UUID(0, 3));

    private final SecretBox box = box();

    @ParameterizedTest
    @CsvSource({"25000000000, 6250000000", "10000000, 2500000", "41000000, 20000000", "1, 1", "5, 2"})
    void offersAQuarterMoreInWholeCents(long amountNanos, long moreNanos) {
        assertThat(offer(amountNanos, NOVEMBER).amount()).isEqualTo(Money.ofNanos(moreNanos));
    }

    @Test
    void lastsUntilTheWindowEndsAndCanBeTakenForAWeekAtMost() {
        IncreaseOffer offer = offer(100, NOVEMBER);

        assertThat(offer.until()).isEqualTo("2026-12-01T00:00:00Z");
        assertThat(offer.expires()).isEqualTo(NOW.plus(Duration.ofDays(7)));
        assertThat(offer(100, BudgetPeriod.DAY.windowAt(NOW, ZoneOffset.UTC)).expires())
                .isEqualTo("2026-11-24T00:00:00Z");
        assertThat(offer(100, BudgetPeriod.TOTAL.windowAt(NOW, ZoneOffset.UTC)).until())
                .isEqualTo(NOW.plus(Duration.ofDays(7)));
    }

    @Test
    void nothingIsOfferedForAWindowThatHasEndedOrABudgetOfNothing() {
        Instant later = Instant.parse("2026-12-01T00:00:00Z");

        assertThat(IncreaseOffer.of(BUDGET, CROSSING, Money.ofNanos(100), NOVEMBER, later))
                .isEmpty();
        assertThat(IncreaseOffer.of(BUDGET, CROSSING, Money.ofNanos(0), NOVEMBER, NOW))
                .isEmpty();
    }

    @Test
    void opensAsItWasSealed() {
        IncreaseOffer offer = offer(100, NOVEMBER);
        String sealed = offer.sealed(box, WORKSPACE);

        assertThat(sealed).matches("[A-Za-z0-9_-]+");
        assertThat(IncreaseOffer.opened(sealed, box, WORKSPACE)).contains(offer);
    }

    @Test
    void opensNothingElse() {
        String sealed = offer(100, NOVEMBER).sealed(box, WORKSPACE);
        String altered = sealed.substring(0, 20) + (sealed.charAt(20) == 'A' ? "B" : "A") + sealed.substring(21);
        String secret = Base64.getUrlEncoder().encodeToString(box.seal("sk-1", WORKSPACE.toString()));

        assertThat(IncreaseOffer.opened(altered, box, WORKSPACE)).isEmpty();
        assertThat(IncreaseOffer.opened(sealed, box(), WORKSPACE)).isEmpty();
        assertThat(IncreaseOffer.opened(sealed, box, new WorkspaceId(new UUID(0, 4))))
                .isEmpty();
        assertThat(IncreaseOffer.opened(secret, box, WORKSPACE)).isEmpty();
        assertThat(IncreaseOffer.opened("", box, WORKSPACE)).isEmpty();
        assertThat(IncreaseOffer.opened("what is this?", box, WORKSPACE)).isEmpty();
    }

    private static IncreaseOffer offer(long amountNanos, BudgetWindow window) {
        return IncreaseOffer.of(BUDGET, CROSSING, Money.ofNanos(amountNanos), window, NOW)
                .orElseThrow();
    }

    private static SecretBox box() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new SecretBox(Base64.getEncoder().encodeToString(key), new SecureRandom());
    }
}
