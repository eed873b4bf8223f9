package io.rateguard.counters;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.limit.RequestFacts;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Budgets with a counter for each value of something. */
class BudgetsApartIT {

    private final CountersOnRedis store = new CountersOnRedis();
    private final Budget budget = CountersOnRedis.budget(100).with(List.of(Partition.Field.CUSTOMER));

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void eachValueHasTheWholeAmountForItself() {
        assertThat(hold("acme", 100)).isInstanceOf(Admission.Admitted.class);
        assertThat(hold("acme", 1)).isInstanceOf(Admission.BudgetExhausted.class);
        assertThat(hold("zeta", 100)).isInstanceOf(Admission.Admitted.class);

        assertThat(level("acme")).isEqualTo(CountersOnRedis.level(0, 100));
        assertThat(level("zeta")).isEqualTo(CountersOnRedis.level(0, 100));
        assertThat(store.level(budget)).isEqualTo(CountersOnRedis.level(0, 0));
    }

    @Test
    void aValueThatLooksLikeAnotherCountersKeyStaysApart() {
        hold("a", 10);
        hold("a:holds", 20);
        hold("a:lapsed", 30);
        hold("", 40);

        assertThat(List.of(level("a"), level("a:holds"), level("a:lapsed"), level("")))
                .extracting(level -> level.held().nanos())
                .containsExactly(10L, 20L, 30L, 40L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "Müller & Söhne", "two\nlines", "{tag}"})
    void whatIsHeldForAnyValueIsGivenBackAndSettled(String customer) {
        RequestId released = CountersOnRedis.request();
        RequestId settled = CountersOnRedis.request();
        hold(released, customer, 30);
        hold(settled, customer, 50);

        store.release(released);
        CountersOnRedis.get(store.counters.settle(new Settlement(
                store.workspace,
                settled,
                store.nowMillis.get(),
                List.of(),
                List.of(new BudgetSettlement(budget.id(), window(customer), Money.ofNanos(7))))));

        assertThat(level(customer)).isEqualTo(CountersOnRedis.level(7, 0));
        assertThat(store.keys()).allSatisfy(key -> assertThat(key).matches("[!-~]+"));
    }

    private Admission hold(String customer, long nanos) {
        return hold(CountersOnRedis.request(), customer, nanos);
    }

    private Admission hold(RequestId request, String customer, long nanos) {
        return store.admit(request, new BudgetClaim(budget, window(customer), Money.ofNanos(nanos)));
    }

    private BudgetLevel level(String customer) {
        return CountersOnRedis.get(store.counters.budgetLevels(
                        store.workspace, List.of(new BudgetWindowRef(budget.id(), window(customer)))))
                .getFirst();
    }

    private BudgetWindow window(String customer) {
        return budget.windowAt(
                Instant.ofEpochMilli(store.nowMillis.get()),
                new RequestFacts(
                        "api", "POST", "/", null, new ApiKeyId(new UUID(0, 1)), null, customer, Map.of(), "192.0.2.7"));
    }
}
