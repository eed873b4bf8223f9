package io.rateguard.console.budgets.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetScope;
import io.rateguard.domain.budget.BudgetScope.Type;
import io.rateguard.domain.budget.Increase;
import io.rateguard.domain.budget.Ladder;
import io.rateguard.domain.budget.Throttle;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetSentenceTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String KEY = "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";

    @ParameterizedTest
    @CsvSource({
        "WORKSPACE, '', Whole workspace",
        "API, openai, API openai",
        "KEY, 0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b, Key the key",
        "PROJECT, search, Project search",
        "TAG, team:a:b, Tag team a:b",
        "CUSTOMER, acme, Customer acme"
    })
    void saysWhatItStandsOn(Type type, String value, String words) {
        Budget budget = budget(new BudgetScope(type, value), Ladder.NONE);

        assertThat(BudgetSentence.rule(budget, NOW, id -> id.equals(KEY) ? "the key" : "another"))
                .startsWith(words + " · Starts anew on ");
    }

    @Test
    void saysWhereItLeadsGoingOnAsSoFar() {
        Budget hundred = budget(BudgetScope.WORKSPACE, Ladder.NONE)
                .increased(List.of(new Increase(Money.ofNanos(99_999_999_999L), NOW.plusSeconds(1))))
                .at(NOW);

        assertThat(BudgetSentence.pace(hundred, Money.ofNanos(49_000_000_000L), NOW))
                .contains("At this pace $60.00 when it starts anew.");
        assertThat(BudgetSentence.pace(hundred, Money.ofNanos(98_000_000_000L), NOW))
                .contains("At this pace $120.00 when it starts anew; all of it is spent by 26 Nov 2026.");
        assertThat(BudgetSentence.pace(hundred, Money.ofNanos(1), Instant.parse("2026-12-01T00:00:01Z")))
                .isEmpty();
    }

    @Test
    void saysWhatIsCountedApart() {
        Budget budget = budget(BudgetScope.WORKSPACE, Ladder.NONE);

        assertThat(BudgetSentence.every(budget)).isEqualTo("a month");
        assertThat(BudgetSentence.every(budget.with(List.of(Partition.Field.CUSTOMER, new Partition.Tag("team")))))
                .isEqualTo("a month for each customer and value of team");
    }

    @Test
    void saysFromWhenOnItSlowsDownAndWhatWasAdded() {
        Ladder ladder = new Ladder(
                List.of(),
                List.of(new Throttle(80, 50, OptionalLong.empty()), new Throttle(95, 10, OptionalLong.of(6))));
        Budget budget = budget(BudgetScope.WORKSPACE, ladder)
                .increased(List.of(new Increase(Money.ofNanos(2_000_000_000), NOW)));

        assertThat(BudgetSentence.rule(budget, NOW, id -> id))
                .contains(
                        " · From 80 % on limits fall to 50 % · From 95 % on limits fall to 10 %, and where there is none,"
                                + " 6 requests a minute can pass · Includes $2.00 until ");
    }

    private static Budget budget(BudgetScope scope, Ladder ladder) {
        return new Budget(
                new BudgetId(new UUID(0, 1)),
                "b",
                scope,
                Money.ofNanos(1),
                BudgetPeriod.MONTH,
                ZoneOffset.UTC,
                true,
                Budget.Estimate.ELASTIC,
                ladder);
    }
}
