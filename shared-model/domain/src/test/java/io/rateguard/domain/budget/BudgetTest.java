package io.rateguard.domain.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rateguard.domain.budget.Budget.Estimate;
import io.rateguard.domain.budget.BudgetScope.Type;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.limit.OnStoreFailure;
import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.limit.RequestFacts;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {

    private static final ApiKeyId KEY = ApiKeyId.of("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b");
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
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
    void coversTheRequestsOfItsProjectTagAndCustomer() {
        RequestFacts facts = facts("search", "acme", Map.of("team", "a:b"));

        assertThat(new BudgetScope(Type.PROJECT, "search").covers(facts)).isTrue();
        assertThat(new BudgetScope(Type.PROJECT, "Search").covers(facts)).isFalse();
        assertThat(new BudgetScope(Type.CUSTOMER, "acme").covers(facts)).isTrue();
        assertThat(new BudgetScope(Type.CUSTOMER, "acm").covers(facts)).isFalse();
        assertThat(new BudgetScope(Type.TAG, "team:a:b").covers(facts)).isTrue();
        assertThat(new BudgetScope(Type.TAG, "team:a").covers(facts)).isFalse();
        for (BudgetScope scope : List.of(
                new BudgetScope(Type.PROJECT, "search"),
                new BudgetScope(Type.CUSTOMER, "acme"),
                new BudgetScope(Type.TAG, "team:a:b"))) {
            assertThat(scope.covers(FACTS)).isFalse();
        }
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
                .isThrownBy(() -> new BudgetScope(Type.TAG, ""))
                .withMessage("scope.value: \"\" (expected: a tag as name:value, such as team:search)");
        for (String noTag : List.of("team", ":search", "team:")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new BudgetScope(Type.TAG, noTag))
                    .withMessage("scope.value: \"" + noTag + "\" (expected: a tag as name:value, such as team:search)");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BudgetScope(Type.PROJECT, "my project"))
                .withMessage(
                        "scope.value: \"my project\" (expected: 1 to 64 letters, digits, hyphens and underscores)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BudgetScope(Type.CUSTOMER, "c".repeat(265)))
                .withMessage("scope.value: 265 characters (expected: 264 or fewer)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Type.ofWireName("planet"))
                .withMessage("scope.type: planet (expected: workspace, api, key, project, tag or customer)");
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

    @Test
    void countsApartWhatItIsTold() {
        Budget budget = budget(1).with(List.of(Partition.Field.CUSTOMER, new Partition.Tag("team")));

        BudgetWindow acme = budget.windowAt(NOW, facts(null, "acme", Map.of("team", "search")));
        BudgetWindow nobody = budget.windowAt(NOW, FACTS);

        assertThat(acme.name()).isEqualTo("2026-11/4.acme6.search");
        assertThat(acme.run()).isEqualTo("2026-11");
        assertThat(acme.values()).containsExactly("acme", "search");
        assertThat(acme.startMillis()).isEqualTo(budget.windowAt(NOW).startMillis());
        assertThat(acme.endMillis()).isEqualTo(budget.windowAt(NOW).endMillis());
        assertThat(nobody.name()).isEqualTo("2026-11/0.0.");
        assertThat(nobody.values()).containsExactly("", "");
    }

    @Test
    void countsTogetherWhatIsNotToldApart() {
        assertThat(budget(1).windowAt(NOW, facts("p", "acme", Map.of())))
                .isEqualTo(budget(1).windowAt(NOW));
        assertThat(budget(1).windowAt(NOW).values()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"line\nfeed", "\u0000", "half \uD83D", "whole \uD83D\uDE00"})
    void whatDoesNotPrintIsKnownByItsDigest(String customer) {
        Budget budget = budget(1).with(List.of(Partition.Field.CUSTOMER));

        BudgetWindow window = budget.windowAt(NOW, facts(null, customer, Map.of()));

        assertThat(window.name()).matches("2026-11/#[0-9a-f]{64}");
        assertThat(window.values()).isEmpty();
    }

    @Test
    void everyCounterHasItsOwnNameWhateverTheValues() {
        Budget budget = budget(1).with(List.of(Partition.Field.CUSTOMER, Partition.Field.PROJECT));
        Random random = new Random(4);
        Map<String, List<String>> byName = new HashMap<>();

        for (int i = 0; i < 20_000; i++) {
            List<String> values = List.of(text(random), text(random));
            BudgetWindow window = budget.windowAt(NOW, facts(values.getLast(), values.getFirst(), Map.of()));

            assertThat(byName.computeIfAbsent(window.name(), first -> values)).isEqualTo(values);
            assertThat(window.name().length()).isLessThanOrEqualTo("2026-11/".length() + 200);
            if (!window.counter().startsWith("#")) {
                assertThat(window.values()).isEqualTo(values);
            }
        }
    }

    @Test
    void namesWhatCannotBeCountedApart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> budget(1).with(List.of(Partition.Field.IP)))
                .withMessage("per: ip (expected: key, customer, api, model, project or tag:<name>;"
                        + " whoever changes addresses would have a budget for each)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> budget(1).with(List.of(Partition.Field.WORKSPACE)))
                .withMessage("per: workspace (expected: key, customer, api, model, project or tag:<name>;"
                        + " a budget belongs to one workspace anyway)");
    }

    @Test
    void anIncreaseCountsUntilItEnds() {
        Instant soon = NOW.plusSeconds(60);
        Instant later = NOW.plusSeconds(120);
        Budget budget = budget(100).increased(List.of(increase(7, later), increase(30, soon), increase(1, NOW)));

        assertThat(budget.at(NOW).amount()).isEqualTo(Money.ofNanos(137));
        assertThat(budget.at(soon.minusMillis(1)).amount()).isEqualTo(Money.ofNanos(137));
        assertThat(budget.at(soon).amount()).isEqualTo(Money.ofNanos(107));
        assertThat(budget.at(later).amount()).isEqualTo(Money.ofNanos(100));
        assertThat(budget.at(NOW.minusMillis(1)).amount()).isEqualTo(Money.ofNanos(138));
        assertThat(budget.at(NOW).at(later)).isEqualTo(budget.at(NOW));
        assertThat(budget.amount()).isEqualTo(Money.ofNanos(100));
        assertThat(budget.with(List.of(Partition.Field.KEY)).at(NOW).amount()).isEqualTo(Money.ofNanos(137));
    }

    @Test
    void thresholdsFollowTheAmountThatCounts() {
        Budget budget = new Budget(
                        new BudgetId(new UUID(0, 1)),
                        "b",
                        BudgetScope.WORKSPACE,
                        Money.ofNanos(100),
                        BudgetPeriod.MONTH,
                        ZoneOffset.UTC,
                        true,
                        Estimate.ELASTIC,
                        new Ladder(List.of(50)))
                .increased(List.of(increase(100, NOW)));

        assertThat(budget.at(NOW).thresholds())
                .containsExactly(
                        new Threshold(50, Money.ofNanos(50)),
                        new Threshold(80, Money.ofNanos(80)),
                        new Threshold(100, Money.ofNanos(100)));
        assertThat(budget.at(NOW.minusMillis(1)).thresholds()).contains(new Threshold(50, Money.ofNanos(100)));
    }

    @Test
    void neverCountsMoreThanCountersCountExactly() {
        Budget budget = budget(Money.MAX_COUNTED_NANOS - 1)
                .increased(List.of(increase(5, NOW), increase(Money.MAX_COUNTED_NANOS, NOW)));

        assertThat(budget.at(NOW.minusMillis(1)).amount().nanos()).isEqualTo(Money.MAX_COUNTED_NANOS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> increase(0, NOW))
                .withMessage("amountNanos: 0 (expected: 1 to 9007199254740991)");
    }

    private static Increase increase(long nanos, Instant until) {
        return new Increase(Money.ofNanos(nanos), until);
    }

    /** Short texts of few signs, which come again and look like parts of names, and now and then a long one. */
    private static String text(Random random) {
        int length = random.nextInt(20) == 0 ? random.nextInt(300) : random.nextInt(4);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("12./#a\n".charAt(random.nextInt(7)));
        }
        return text.toString();
    }

    private static RequestFacts facts(@Nullable String project, @Nullable String customer, Map<String, String> tags) {
        return new RequestFacts("openai", "POST", "/v1/x", null, KEY, project, customer, tags, "192.0.2.7");
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
