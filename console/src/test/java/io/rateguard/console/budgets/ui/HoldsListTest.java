package io.rateguard.console.budgets.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.budgets.BudgetHolds;
import io.rateguard.console.budgets.BudgetHolds.Holder;
import io.rateguard.counters.Hold;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class HoldsListTest {

    private static final ApiKeyId KEY = new ApiKeyId(UUID.randomUUID());

    @Test
    void sumsUpWhatIsHeld() {
        assertThat(HoldsList.summary(new BudgetHolds(Money.ZERO, List.of(), true)))
                .isEqualTo("Nothing is held: no request that it covers is under way.");
        assertThat(HoldsList.summary(new BudgetHolds(dollars(3), List.of(hold(KEY, 3)), true)))
                .isEqualTo("$3.00 is held for 1 request under way.");
        assertThat(HoldsList.summary(new BudgetHolds(dollars(9), List.of(hold(KEY, 3), hold(null, 1)), false)))
                .isEqualTo("$9.00 is held for more than 2 requests under way.");
    }

    @Test
    void addsUpWhatTheRequestsOfEachKeyHold() {
        BudgetHolds holds = new BudgetHolds(dollars(7), List.of(hold(null, 4), hold(KEY, 3), hold(KEY, 2)), true);

        assertThat(holds.holders())
                .containsExactly(
                        new Holder(Optional.of(KEY), 2, dollars(5)), new Holder(Optional.empty(), 1, dollars(4)));
    }

    private static Hold hold(ApiKeyId key, long dollars) {
        RequestId request = RequestId.create(0, RandomGenerator.getDefault());
        return new Hold(request, key, dollars(dollars), Instant.EPOCH, Instant.EPOCH);
    }

    private static Money dollars(long dollars) {
        return Money.ofNanos(dollars * 1_000_000_000);
    }
}
