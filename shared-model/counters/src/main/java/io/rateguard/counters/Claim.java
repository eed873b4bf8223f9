package io.rateguard.counters;

import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that one request must be given before it may go on; each limit counter and budget window at most once.
 *
 * @param holder the key whose request it is, for people who ask what budgets hold; null: not said
 */
public record Claim(
        WorkspaceId workspace,
        RequestId request,
        @Nullable ApiKeyId holder,
        List<LimitClaim> limits,
        List<BudgetClaim> budgets) {

    public Claim {
        limits = List.copyOf(limits);
        budgets = List.copyOf(budgets);
        Amounts.requireDistinct("limits", limits, limit -> limit.rule().id() + " " + limit.partition());
        Amounts.requireDistinct(
                "budgets",
                budgets,
                claim -> claim.budget().id() + " " + claim.window().name());
    }

    /** In nobody's name. */
    public Claim(WorkspaceId workspace, RequestId request, List<LimitClaim> limits, List<BudgetClaim> budgets) {
        this(workspace, request, null, limits, budgets);
    }

    /** Of these limits in place of its own. */
    public Claim of(List<LimitClaim> others) {
        return new Claim(workspace, request, holder, others, budgets);
    }

    /** Without some of its limits. */
    public Claim without(Collection<LimitClaim> some) {
        return of(limits.stream().filter(limit -> !some.contains(limit)).toList());
    }

    /** Of limits alone. */
    public Claim withoutBudgets() {
        return new Claim(workspace, request, holder, limits, List.of());
    }

    /** With further budgets. */
    public Claim and(List<BudgetClaim> more) {
        return more.isEmpty()
                ? this
                : new Claim(
                        workspace,
                        request,
                        holder,
                        limits,
                        Stream.concat(budgets.stream(), more.stream()).toList());
    }

    /** With another amount held in each of its budgets. */
    public Claim holding(Money hold) {
        return new Claim(
                workspace,
                request,
                holder,
                limits,
                budgets.stream()
                        .map(budget -> new BudgetClaim(budget.budget(), budget.window(), hold))
                        .toList());
    }

    public boolean isEmpty() {
        return limits.isEmpty() && budgets.isEmpty();
    }
}
