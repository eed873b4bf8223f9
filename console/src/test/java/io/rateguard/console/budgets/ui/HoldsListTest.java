package io.rateguard.console.budgets.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.budgets.BudgetHolds;
import io.rateguard.console.budgets.BudgetHolds.Holder;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.keys.Keys;
import io.rateguard.counters.Hold;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
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

    @Test
    void showsTheTenKeysThatHoldMostAndSaysOfHowMany() {
        List<ApiKeyId> keys = LongStream.rangeClosed(1, 12)
                .mapToObj(number -> new ApiKeyId(new UUID(0, number)))
                .toList();
        BudgetHolds holds = new BudgetHolds(
                dollars(78),
                keys.reversed().stream()
                        .map(key -> hold(key, key.value().getLeastSignificantBits()))
                        .toList(),
                true);
        HoldsList list = new HoldsList(new Moments(ZoneOffset.UTC));

        list.show(holds, Map.of(keys.getLast(), new Keys.Named(keys.getLast(), "worker", "rg_live_1")), Instant.EPOCH);

        assertThat(HoldsList.keys(holds)).containsExactlyInAnyOrderElementsOf(keys.subList(2, 12));
        assertThat(list.getElement().getTextRecursively())
                .contains("worker", keys.get(2).toString(), "The 10 that hold most, of 12 keys.")
                .doesNotContain(keys.get(1).toString());
    }

    private static Hold hold(ApiKeyId key, long dollars) {
        RequestId request = RequestId.create(0, RandomGenerator.getDefault());
        return new Hold(request, key, dollars(dollars), Instant.EPOCH, Instant.EPOCH);
    }

    private static Money dollars(long dollars) {
        return Money.ofNanos(dollars * 1_000_000_000);
    }
}
