package io.rateguard.alerts.correction;

import io.rateguard.analytics.question.CorrectableRequests.Correctable;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.event.RequestEvent.Charge;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.key.KeyLines;
import io.rateguard.domain.limit.RequestFacts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes the adjusting entries of one correction, the same whenever they are made.
 *
 * @param madeAt when each budget of the workspace was made
 * @param lines by which budgets know keys
 */
record Entries(Correction correction, Map<Budget, Instant> madeAt, KeyLines lines) {

    private static final ApiKeyId NO_KEY = new ApiKeyId(new UUID(0, 0));

    Entries {
        // In order, so that an entry's charges are.
        madeAt = new LinkedHashMap<>(madeAt);
    }

    /** What makes a request cost so much; nothing where it does. */
    Optional<Adjustment> toCost(Correctable request, long nanos, @Nullable String priceVersion, @Nullable String note) {
        RequestEvent event = request.event();
        long difference = Math.subtractExact(nanos, request.costNanos());
        if (difference == 0) {
            return Optional.empty();
        }
        boolean isRerate = correction.wanted() instanceof Correction.Rerate;
        return Optional.of(Adjustment.of(
                event,
                UUID.nameUUIDFromBytes((correction.id() + "/" + event.requestId()).getBytes(StandardCharsets.UTF_8)),
                correction.askedAt().toEpochMilli(),
                new Adjustment.Reason(isRerate ? correction.id() : null, correction.author(), note),
                difference,
                priceVersion,
                charges(event, difference).values().stream().toList()));
    }

    /** Each window was charged what the request cost; so was that of a budget which was made later in its window. */
    private Map<BudgetId, Charge> charges(RequestEvent event, long difference) {
        Map<BudgetId, Charge> charges = new LinkedHashMap<>();
        for (Charge charge : event.charges()) {
            BudgetWindow window =
                    new BudgetWindow(charge.window(), charge.windowStartMillis(), charge.windowEndMillis());
            charges.put(charge.budget(), charge(charge.budget(), window, difference));
        }
        Set<BudgetId> charged = new HashSet<>(charges.keySet());
        RequestFacts facts = facts(event);
        Instant at = Instant.ofEpochMilli(event.times().chargedAtMillis());
        madeAt.forEach((budget, made) -> {
            if (!charged.contains(budget.id()) && budget.scope().covers(facts)) {
                BudgetWindow window = budget.windowAt(at, facts);
                if (window.startMillis() < made.toEpochMilli() && made.toEpochMilli() < window.endMillis()) {
                    charges.put(budget.id(), charge(budget.id(), window, difference));
                }
            }
        });
        return charges;
    }

    private static Charge charge(BudgetId budget, BudgetWindow window, long difference) {
        return new Charge(budget, window.name(), window.startMillis(), window.endMillis(), 0, difference);
    }

    private RequestFacts facts(RequestEvent event) {
        RequestEvent.Caller caller = event.caller();
        return new RequestFacts(
                event.call().apiSlug(),
                event.call().method(),
                event.call().path(),
                event.call().model(),
                caller.key() == null ? NO_KEY : lines.of(caller.key()),
                caller.project(),
                caller.customer(),
                caller.tags(),
                "");
    }
}
