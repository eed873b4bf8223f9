package io.rateguard.standalone.sample;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.id.ApiId;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.LimitId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.limit.LimitRule;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that a history depends on, written down before its first event is sent: whoever reads it makes the same
 * history again, event by event.
 *
 * @param journal the id under which its events are sent
 * @param until no request arrives at or after it
 */
record SampleJob(
        UUID journal,
        Instant until,
        WorkspaceId workspace,
        Map<SampleApi, ApiId> apis,
        Map<SampleKey, ApiKeyId> keys,
        Map<SampleLimit, LimitId> limits,
        Map<SampleBudget, BudgetId> budgets) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    SampleJob {
        apis = Map.copyOf(apis);
        keys = Map.copyOf(keys);
        limits = Map.copyOf(limits);
        budgets = Map.copyOf(budgets);
    }

    static SampleJob read(String json) {
        return JSON.readValue(json, SampleJob.class);
    }

    String json() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    }

    List<LimitRule> limitRules() {
        return Arrays.stream(SampleLimit.values())
                .map(limit -> limit.rule(idOf(limits, limit)))
                .toList();
    }

    List<Budget> budgetRules() {
        return Arrays.stream(SampleBudget.values())
                .map(budget -> budget.budget(idOf(budgets, budget), keys))
                .toList();
    }

    static <K, V> V idOf(Map<K, V> ids, K what) {
        V id = ids.get(what);
        if (id == null) {
            throw new IllegalArgumentException("id of " + what + ": none (expected: one)");
        }
        return id;
    }
}
