package io.rateguard.standalone.sample;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetScope;
import io.rateguard.domain.budget.Ladder;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.money.Money;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A budget of the sample, in UTC; each shuts off. */
enum SampleBudget {
    ALL("All teams", null, null, 400, BudgetPeriod.MONTH, Budget.Estimate.ELASTIC),
    OPENAI("OpenAI", SampleApi.OPENAI, null, 32, BudgetPeriod.WEEK, Budget.Estimate.ELASTIC),
    ANTHROPIC("Anthropic contract", SampleApi.ANTHROPIC, null, 350, BudgetPeriod.TOTAL, Budget.Estimate.ELASTIC),
    INVOICES("Invoice reader", null, SampleKey.INVOICES, 2, BudgetPeriod.DAY, Budget.Estimate.ELASTIC),
    HACKATHON("Hackathon", null, SampleKey.HACKATHON, 10, BudgetPeriod.TOTAL, Budget.Estimate.STRICT);

    private static final long NANOS_PER_DOLLAR = 1_000_000_000;
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Ladder ALERTS = new Ladder(List.of(50, 80, 100));

    final String title;
    final @Nullable SampleApi api;
    final @Nullable SampleKey key;
    final Money amount;
    final BudgetPeriod period;
    final Budget.Estimate estimate;

    SampleBudget(
            String title,
            @Nullable SampleApi api,
            @Nullable SampleKey key,
            long dollars,
            BudgetPeriod period,
            Budget.Estimate estimate) {
        this.title = title;
        this.api = api;
        this.key = key;
        this.amount = Money.ofNanos(Math.multiplyExact(dollars, NANOS_PER_DOLLAR));
        this.period = period;
        this.estimate = estimate;
    }

    Budget budget(BudgetId id, Map<SampleKey, ApiKeyId> keys) {
        return new Budget(id, title, scope(keys), amount, period, UTC, true, estimate, ALERTS);
    }

    private BudgetScope scope(Map<SampleKey, ApiKeyId> keys) {
        if (key != null) {
            return new BudgetScope(
                    BudgetScope.Type.KEY, SampleJob.idOf(keys, key).toString());
        }
        return api == null ? BudgetScope.WORKSPACE : new BudgetScope(BudgetScope.Type.API, api.slug);
    }
}
