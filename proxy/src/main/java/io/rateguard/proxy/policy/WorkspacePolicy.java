package io.rateguard.proxy.policy;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.limit.RequestFacts;
import io.rateguard.domain.price.PriceCatalogue;
import io.rateguard.domain.price.PriceOverrides;
import io.rateguard.domain.price.UnpricedPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One version of what a workspace has decided.
 *
 * @param suspended whether its keys are refused
 * @param apis by slug
 * @param prices what it has priced itself
 * @param catalogue the catalogue that it has taken in place of the shipped one
 * @param unpriced what happens to a request whose price is not known
 * @param outputCapTokens the output limit assumed where neither request nor catalogue names one
 */
public record WorkspacePolicy(
        WorkspaceId workspace,
        long version,
        boolean suspended,
        Map<String, KnownApi> apis,
        List<LimitRule> limits,
        List<Budget> budgets,
        PriceOverrides prices,
        Optional<PriceCatalogue> catalogue,
        UnpricedPolicy unpriced,
        OptionalLong outputCapTokens) {

    public WorkspacePolicy {
        apis = Map.copyOf(apis);
        limits = List.copyOf(limits);
        budgets = List.copyOf(budgets);
    }

    public List<LimitRule> limitsFor(RequestFacts facts) {
        List<LimitRule> matching = new ArrayList<>(limits.size());
        for (LimitRule rule : limits) {
            if (rule.match().matches(facts)) {
                matching.add(rule);
            }
        }
        return matching;
    }

    public List<Budget> budgetsFor(RequestFacts facts) {
        List<Budget> covering = new ArrayList<>(budgets.size());
        for (Budget budget : budgets) {
            if (budget.scope().covers(facts)) {
                covering.add(budget);
            }
        }
        return covering;
    }
}
