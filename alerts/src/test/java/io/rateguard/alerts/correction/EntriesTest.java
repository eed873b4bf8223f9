package io.rateguard.alerts.correction;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.CorrectableRequests.Correctable;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetScope;
import io.rateguard.domain.budget.Ladder;
import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.RequestEvent.Charge;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.KeyLines;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EntriesTest {

    private static final BudgetId CHARGED = new BudgetId(new UUID(0, 10));
    private static final Charge CHARGE = new Charge(CHARGED, "2026-11", 1, 2, 500, 100);
    private static final ApiKeyId LINE = new ApiKeyId(new UUID(0, 77));
    private static final Instant MADE = Requests.AT.plusSeconds(3_600);

    @Test
    void saysTheDifferenceForTheRequestAndEachWindowItWasChargedTo() {
        Adjustment entry = entries(Map.of()).toCost(request(), 70, "new", null).orElseThrow();

        assertThat(entry.costNanos()).isEqualTo(-30);
        assertThat(entry.priceVersion()).isEqualTo("new");
        assertThat(entry.request()).isEqualTo(request().event().requestId());
        assertThat(entry.chargedAtMillis()).isEqualTo(Requests.AT.toEpochMilli());
        assertThat(entry.charges()).containsExactly(new Charge(CHARGED, "2026-11", 1, 2, 0, -30));
    }

    @Test
    void isTheSameWhenItIsMadeAgain() {
        assertThat(entries(Map.of()).toCost(request(), 70, "new", null))
                .isEqualTo(entries(Map.of()).toCost(request(), 70, "new", null));
    }

    @Test
    void saysNothingWhereNothingDiffers() {
        assertThat(entries(Map.of()).toCost(request(), 100, "new", null)).isEmpty();
    }

    @Test
    void whateverCameBeforeTheSumIsWhatItIsToCost() {
        Random random = new Random(4);
        for (int round = 0; round < 200; round++) {
            List<Adjustment> adjustments = new ArrayList<>();
            long last = 100;
            for (int i = 0; i < random.nextInt(5); i++) {
                last = random.nextLong(1_000);
                entries(Map.of())
                        .toCost(new Correctable(request().event(), adjustments), last, "v" + i, null)
                        .ifPresent(adjustments::add);
            }
            Correctable corrected = new Correctable(request().event(), adjustments);
            long charged = CHARGE.chargedNanos()
                    + adjustments.stream()
                            .flatMap(each -> each.charges().stream())
                            .mapToLong(Charge::chargedNanos)
                            .sum();

            assertThat(corrected.costNanos()).isEqualTo(last);
            assertThat(charged).isEqualTo(last);
        }
    }

    @Test
    void aBudgetThatWasGivenTheCostWhenItWasMadeIsGivenTheDifferenceToo() {
        Budget later = budget(BudgetScope.Type.PROJECT, "search");

        List<Charge> charges = entries(Map.of(later, MADE))
                .toCost(request(), 170, "new", null)
                .orElseThrow()
                .charges();

        assertThat(charges).hasSize(2);
        assertThat(charges.getLast().budget()).isEqualTo(later.id());
        assertThat(charges.getLast().window()).isEqualTo("2026-11");
        assertThat(charges.getLast().chargedNanos()).isEqualTo(70);
    }

    @Test
    void aBudgetOnAKeyKnowsItsSuccessorsRequests() {
        Budget later = budget(BudgetScope.Type.KEY, LINE.toString());

        List<Charge> charges = entries(Map.of(later, MADE))
                .toCost(request(), 170, "new", null)
                .orElseThrow()
                .charges();

        assertThat(charges).extracting(Charge::budget).containsExactly(CHARGED, later.id());
    }

    @Test
    void whatAPersonSaidStays() {
        Adjustment rated = entries(Map.of()).toCost(request(), 70, "new", null).orElseThrow();
        Adjustment said = Adjustment.of(
                request().event(),
                new UUID(0, 8),
                5,
                new Adjustment.Reason(null, "ada", "as billed"),
                9,
                null,
                List.of());

        assertThat(new Correctable(request().event(), List.of(rated)).isSaid()).isFalse();
        assertThat(new Correctable(request().event(), List.of(rated, said)).isSaid())
                .isTrue();
    }

    @Test
    void aBudgetThatNeverCountedTheRequestIsNotGivenTheDifference() {
        Budget other = budget(BudgetScope.Type.PROJECT, "billing");
        Budget nextMonth = budget(BudgetScope.Type.PROJECT, "search");

        List<Charge> charges = entries(Map.of(other, MADE, nextMonth, Instant.parse("2026-12-02T00:00:00Z")))
                .toCost(request(), 170, "new", null)
                .orElseThrow()
                .charges();

        assertThat(charges).extracting(Charge::budget).containsExactly(CHARGED);
    }

    private static Correctable request() {
        return new Correctable(
                Requests.of("gpt-4o", Usage.NONE, UsageSource.PROVIDER, 100, List.of(CHARGE)), List.of());
    }

    private static Entries entries(Map<Budget, Instant> madeAt) {
        Correction.Rerate rerate = new Correction.Rerate(Instant.EPOCH, Requests.AT, null, null, false);
        return new Entries(
                new Correction(
                        new UUID(0, 9),
                        new WorkspaceId(new UUID(0, 1)),
                        "ada@example.com",
                        Requests.AT,
                        rerate,
                        null,
                        Correction.Progress.NONE,
                        1),
                madeAt,
                new KeyLines(Map.of(Requests.KEY, LINE)));
    }

    private static Budget budget(BudgetScope.Type scope, String value) {
        return new Budget(
                new BudgetId(UUID.nameUUIDFromBytes(value.getBytes(StandardCharsets.UTF_8))),
                value,
                new BudgetScope(scope, value),
                Money.ofNanos(1_000),
                BudgetPeriod.MONTH,
                ZoneOffset.UTC,
                true,
                Budget.Estimate.ELASTIC,
                Ladder.NONE);
    }
}
