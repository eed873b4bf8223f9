package io.rateguard.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetScope;
import io.rateguard.domain.budget.BudgetScope.Type;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.KeyLines;
import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.limit.RequestFacts;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnchargedSpendIT {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Recorded recorded;
    private static UnchargedSpend question;

    @BeforeAll
    static void record() {
        recorded = Recorded.of(11, 2, 1_000);
        question = new UnchargedSpend(recorded.clickHouse());
    }

    @AfterAll
    static void close() {
        recorded.clickHouse().close();
    }

    @ParameterizedTest
    @EnumSource(BudgetPeriod.class)
    void addsUpWhatTheBudgetWouldHaveBeenCharged(BudgetPeriod period) {
        Set<BudgetScope> scopes = new LinkedHashSet<>(List.of(BudgetScope.WORKSPACE));
        for (RequestEvent event : recorded.events().subList(0, 20)) {
            scopes.addAll(scopesOf(event));
        }
        List<List<Partition>> pers = List.of(
                List.of(),
                List.of(Partition.Field.KEY),
                List.of(Partition.Field.CUSTOMER, Partition.Field.MODEL),
                List.of(new Partition.Tag("team"), Partition.Field.PROJECT, Partition.Field.API));
        WorkspaceId workspace = recorded.events().getFirst().caller().workspace();
        Instant at = Instant.ofEpochMilli(recorded.events().getFirst().times().chargedAtMillis());

        for (BudgetScope scope : scopes) {
            for (List<Partition> per : pers) {
                Budget budget =
                        budget(new BudgetId(UUID.randomUUID()), scope, period).with(per);

                assertThat(question.ask(workspace, budget, KeyLines.NONE, at))
                        .as("%s per %s", scope, per)
                        .isEqualTo(expected(workspace, budget, KeyLines.NONE, at));
            }
        }
    }

    @Test
    void leavesOutWhatIsChargedAlready() {
        RequestEvent charged = recorded.events().stream()
                .filter(event -> !event.charges().isEmpty() && event.metering().costNanos() > 0)
                .findFirst()
                .orElseThrow();
        WorkspaceId workspace = charged.caller().workspace();
        Instant at = Instant.ofEpochMilli(charged.times().chargedAtMillis());
        BudgetId id = charged.charges().getFirst().budget();

        Map<BudgetWindow, Money> all = question.ask(
                workspace,
                budget(new BudgetId(UUID.randomUUID()), BudgetScope.WORKSPACE, BudgetPeriod.TOTAL),
                KeyLines.NONE,
                at);
        Map<BudgetWindow, Money> less =
                question.ask(workspace, budget(id, BudgetScope.WORKSPACE, BudgetPeriod.TOTAL), KeyLines.NONE, at);

        assertThat(less)
                .isEqualTo(
                        expected(workspace, budget(id, BudgetScope.WORKSPACE, BudgetPeriod.TOTAL), KeyLines.NONE, at));
        assertThat(less).isNotEqualTo(all);
    }

    @Test
    void countsTheKeysOfALineAsOne() {
        WorkspaceId workspace = recorded.events().getFirst().caller().workspace();
        Instant at = Instant.ofEpochMilli(recorded.events().getFirst().times().chargedAtMillis());
        List<ApiKeyId> keys = recorded.events().stream()
                .filter(event -> event.caller().workspace().equals(workspace)
                        && event.metering().costNanos() > 0)
                .map(event -> event.caller().key())
                .filter(Objects::nonNull)
                .distinct()
                .limit(2)
                .toList();
        KeyLines lines = new KeyLines(Map.of(keys.get(1), keys.get(0)));
        Budget ofTheLine = budget(
                new BudgetId(UUID.randomUUID()),
                new BudgetScope(Type.KEY, keys.get(0).toString()),
                BudgetPeriod.TOTAL);
        Budget perKey = budget(new BudgetId(UUID.randomUUID()), BudgetScope.WORKSPACE, BudgetPeriod.TOTAL)
                .with(List.of(Partition.Field.KEY));

        for (Budget budget : List.of(ofTheLine, perKey)) {
            assertThat(question.ask(workspace, budget, lines, at))
                    .isEqualTo(expected(workspace, budget, lines, at))
                    .isNotEqualTo(expected(workspace, budget, KeyLines.NONE, at));
        }
    }

    @Test
    void seesNothingOfAnotherWorkspace() {
        assertThat(question.ask(
                        new WorkspaceId(UUID.randomUUID()),
                        budget(new BudgetId(UUID.randomUUID()), BudgetScope.WORKSPACE, BudgetPeriod.TOTAL),
                        KeyLines.NONE,
                        SampleEvents.START))
                .isEmpty();
    }

    private static List<BudgetScope> scopesOf(RequestEvent event) {
        List<BudgetScope> scopes = new ArrayList<>();
        scopes.add(new BudgetScope(Type.API, event.call().apiSlug()));
        if (event.caller().key() != null) {
            scopes.add(new BudgetScope(Type.KEY, event.caller().key().toString()));
        }
        if (event.caller().project() != null) {
            scopes.add(new BudgetScope(Type.PROJECT, event.caller().project()));
        }
        if (event.caller().customer() != null && !event.caller().customer().isEmpty()) {
            scopes.add(new BudgetScope(Type.CUSTOMER, event.caller().customer()));
        }
        event.caller().tags().forEach((name, value) -> {
            if (!value.isEmpty() && !name.isEmpty() && !name.contains(":")) {
                scopes.add(new BudgetScope(Type.TAG, name + ":" + value));
            }
        });
        return scopes;
    }

    private static Map<BudgetWindow, Money> expected(WorkspaceId workspace, Budget budget, KeyLines lines, Instant at) {
        BudgetWindow run = budget.windowAt(at);
        Map<BudgetWindow, Money> sums = new HashMap<>();
        for (RequestEvent event : recorded.events()) {
            RequestFacts facts = facts(event, lines);
            if (event.caller().workspace().equals(workspace)
                    && run.holds(event.times().chargedAtMillis())
                    && event.metering().costNanos() > 0
                    && budget.scope().covers(facts)
                    && event.charges().stream()
                            .noneMatch(charge -> charge.budget().equals(budget.id()))) {
                sums.merge(
                        budget.windowAt(at, facts),
                        Money.ofNanos(event.metering().costNanos()),
                        Money::plus);
            }
        }
        return sums;
    }

    private static RequestFacts facts(RequestEvent event, KeyLines lines) {
        ApiKeyId key = event.caller().key();
        return new RequestFacts(
                event.call().apiSlug(),
                event.call().method(),
                event.call().path(),
                event.call().model(),
                key == null ? new ApiKeyId(new UUID(0, 0)) : lines.of(key),
                event.caller().project(),
                event.caller().customer(),
                event.caller().tags(),
                "");
    }

    private static Budget budget(BudgetId id, BudgetScope scope, BudgetPeriod period) {
        return new Budget(id, "b", scope, Money.ofNanos(1), period, BERLIN, true, Budget.Estimate.ELASTIC);
    }
}
