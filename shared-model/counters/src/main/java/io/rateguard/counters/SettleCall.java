package io.rateguard.counters;

import io.rateguard.domain.budget.Threshold;
import io.rateguard.domain.limit.Concurrency;
import io.rateguard.domain.limit.Limit;
import java.util.ArrayList;
import java.util.List;

/** A settlement as settle.lua takes it, and that script's answer. */
record SettleCall(Settlement settlement) {

    private static final int LOST_IN = 2;
    private static final int LEVELS_FROM = 3;

    ScriptCall call(String nowMillis) {
        Keys keys = new Keys(settlement.workspace());
        ScriptCall call = new ScriptCall(Script.SETTLE)
                .key(keys.request(settlement.request()))
                .argument(settlement.request().value())
                .argument(nowMillis)
                .argument(settlement.chargedAtMillis());
        if (!settlement.budgets().isEmpty()) {
            call.key(keys.epoch()).argument("epoch");
        }
        for (LimitSettlement limit : settlement.limits()) {
            Limit kind = limit.rule().limit();
            long beyond = limit.actualAmount() - kind.taking(limit.takenAmount());
            if (beyond != 0 || kind instanceof Concurrency) {
                call.limit(keys.limit(limit.rule(), limit.partition()), kind, beyond);
            }
        }
        for (BudgetSettlement budget : settlement.budgets()) {
            String key = keys.budget(budget.budget(), budget.window());
            call.budget(key, budget.window(), budget.charged().nanos())
                    .argument(budget.thresholds().size());
            for (Threshold threshold : budget.thresholds()) {
                long at = threshold.at().nanos();
                call.argument(threshold.percent() + ":" + at).argument(at);
            }
            call.throttlings(budget.throttlings());
        }
        return call;
    }

    Settled answer(Reply reply) {
        List<BudgetLevel> levels = new ArrayList<>(settlement.budgets().size());
        List<Settled.Crossing> crossings = new ArrayList<>();
        for (BudgetSettlement budget : settlement.budgets()) {
            int index = LEVELS_FROM + 3 * levels.size();
            for (long named : reply.numbers(index + 2)) {
                crossings.add(
                        new Settled.Crossing(levels.size(), budget.thresholds().get((int) named - 1)));
            }
            levels.add(reply.budgetLevel(index));
        }
        return new Settled(reply.number(0) == 1, reply.number(1), reply.number(LOST_IN), levels, crossings);
    }
}
