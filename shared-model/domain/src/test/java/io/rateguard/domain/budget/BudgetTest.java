package io.rateguard.domain.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rateguard.domain.budget.Budget.Estimate;
import io.rateguard.domain.budget.BudgetScope.Type;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.limit.OnStoreFailure;
import io.rateguard.domain.limit.RequestFacts;
import io.rateguard.domain.money.Money;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private static final ApiKeyId KEY = ApiKeyId.of("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b");
    private static final RequestFacts FACTS =
            new RequestFacts("openai", "POST", "/v1/x", null, KEY, null, null, Map.of(), "192.0.2.7");

    @Test
    void coversTheRequestsOfItsNode() {
        assertThat(BudgetScope.WORKSPACE.covers(FACTS)).isTrue();
        assertThat(new BudgetScope(Type.API, "openai").covers(FACTS)).isTrue();
        assertThat(new BudgetScope(Type.API, "anthropic").covers(FACTS)).isFalse();
        assertThat(new BudgetScope(Type.KEY, KEY.toString()).covers(FACTS)).isTrue();
        assertThat(new BudgetScope(Type.KEY, new UUID(0, 1).toString()).covers(FACTS))
                .isFalse();
    }

    @Test
    void coversAKeyHoweverItsIdIsWritten() {
        assertThat(new BudgetScope(Type.KEY, KEY.toString().toUpperCase()).covers(FACTS))
                .isTrue();
    }

    @Test
    void namesWhatIsWrongWithAScope() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BudgetScope(Type.KEY, "ci"))
                .withMessage("scope.value: \"ci\" (expected: the id of a key)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BudgetScope(Type.WORKSPACE, "x"))
                .withMessage("scope.value: \"x\" (expected: none for a workspace)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BudgetScope(Type.API, ""))
                .withMessage("scope.value: \"\" (expected: the api's name or id)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Type.ofWireName("customer"))
                .withMessage("scope.type: customer (expected: workspace, api or key)");
    }

    @Test
    void holdsOnlyAmountsThatCountersCountExactly() {
        assertThat(budget(0).amount()).isEqualTo(Money.ZERO);
        assertThat(budget(Money.MAX_COUNTED_NANOS).amount().nanos()).isEqualTo(9_007_199_254_740_991L);
        assertThatIllegalArgumentException().isThrownBy(() -> budget(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> budget(Money.MAX_COUNTED_NANOS + 1))
                .withMessage("amountNanos: 9007199254740992 (expected: 0 to 9007199254740991, about $9,007,199)");
    }

    @Test
    void aStrictBudgetIsNeverOvershotWithoutItsStore() {
        assertThat(budget(Estimate.STRICT, true).refusesWithoutStore()).isTrue();
        assertThat(budget(Estimate.ELASTIC, true).refusesWithoutStore()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> budget(Estimate.STRICT, true, OnStoreFailure.OPEN))
                .withMessage("onStoreFailure: open (expected: closed for a strict budget)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> budget(Estimate.ELASTIC, true, OnStoreFailure.LOCAL))
                .withMessage("onStoreFailure: local (expected: open or closed for a budget)");
    }

    @Test
    void aBudgetThatRefusesNothingRefusesNothingWithoutItsStore() {
        assertThat(budget(Estimate.STRICT, false).refusesWithoutStore()).isFalse();
        assertThat(budget(Estimate.ELASTIC, false, OnStoreFailure.CLOSED).refusesWithoutStore())
                .isFalse();
        assertThat(budget(Estimate.ELASTIC, true, OnStoreFailure.CLOSED).refusesWithoutStore())
                .isTrue();
    }

    private static Budget budget(Estimate estimate, boolean shutoff) {
        return budget(estimate, shutoff, estimate.onStoreFailure());
    }

    private static Budget budget(Estimate estimate, boolean shutoff, OnStoreFailure policy) {
        return new Budget(
                new BudgetId(new UUID(0, 1)),
                "b",
                BudgetScope.WORKSPACE,
                Money.ofNanos(1),
                BudgetPeriod.MONTH,
                ZoneOffset.UTC,
                shutoff,
                estimate,
                Ladder.NONE,
                policy);
    }

    private static Budget budget(long amountNanos) {
        return new Budget(
                new BudgetId(new UUID(0, 1)),
                "b",
                BudgetScope.WORKSPACE,
                Money.ofNanos(amountNanos),
                BudgetPeriod.MONTH,
                ZoneOffset.UTC,
                true,
                Budget.Estimate.STRICT);
    }
}
