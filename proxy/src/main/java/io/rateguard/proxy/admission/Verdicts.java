package io.rateguard.proxy.admission;

import io.rateguard.counters.Admission;
import io.rateguard.counters.BudgetClaim;
import io.rateguard.counters.Claim;
import io.rateguard.counters.LimitClaim;
import io.rateguard.counters.LimitLevel;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.Throttle;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.limit.Concurrency;
import io.rateguard.domain.limit.Limit;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.limit.LimitUnit;
import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.money.Money;
import io.rateguard.proxy.dialect.ErrorCategory;
import io.rateguard.proxy.stage.Headroom;
import io.rateguard.proxy.stage.Refusal;
import java.time.Duration;
import java.util.stream.Collectors;

/** What a caller is told of an admission that was refused. */
final class Verdicts {

    private static final long NEVER = Long.MAX_VALUE;
    private static final int WHOLE = 100;
    private static final String UNAVAILABLE = "counters_unavailable";

    private Verdicts() {}

    static Refusal limitReached(Claim claim, Admission.LimitReached reached) {
        LimitRule rule = reached.claim().rule();
        long wait = reached.retryAfterMillis();
        LimitLevel level = reached.limits().get(claim.limits().indexOf(reached.claim()));
        int percent = reached.slowed().map(Admission.Slowed::toPercent).orElse(WHOLE);
        String message = "The limit \"" + rule.name() + "\" (" + what(rule.limit()) + ") is reached"
                + reached.slowed().map(Verdicts::because).orElse("") + ". " + when(wait);
        return Refusal.of(Decision.LIMITED, 429, ErrorCategory.LIMIT, "rate_limited", message)
                .retryAfter(wait == NEVER ? -1 : wait)
                .by(
                        reached(reached.claim(), level, wait, reached.decidedAtMillis(), percent),
                        Headroom.of(claim, reached.limits(), reached.budgets()));
    }

    /** Where no limit matches, the budget itself says how many requests pass. */
    static Refusal throttled(Claim claim, Admission.Throttled throttled) {
        Budget budget = throttled.claim().budget();
        long most = throttled.throttle().requestsPerMinute().orElseThrow();
        long wait = throttled.retryAfterMillis();
        String message = "The budget \"" + budget.name() + "\" lets " + most
                + (most == 1 ? " request" : " requests") + " a minute pass once "
                + throttled.throttle().percent() + " % of it are spent or held. " + when(wait);
        return Refusal.of(Decision.LIMITED, 429, ErrorCategory.LIMIT, "rate_limited", message)
                .retryAfter(wait)
                .by(
                        new RequestEvent.Refusal(
                                "rate_limited",
                                budget.id().toString(),
                                budget.name(),
                                throttled.claim().window().name(),
                                most,
                                most,
                                throttled.decidedAtMillis() + wait),
                        Headroom.of(claim, throttled.limits(), throttled.budgets()));
    }

    private static String because(Admission.Slowed slowed) {
        return " at " + slowed.toPercent() + " % of itself, since the budget \""
                + slowed.by().budget().name() + "\" is nearly used up";
    }

    private static String when(long wait) {
        return wait == NEVER ? "It never lets this pass." : "Try again in " + inWords(wait) + ".";
    }

    static RequestEvent.Refusal reached(LimitClaim claim, LimitLevel level, long wait, long decidedAtMillis) {
        return reached(claim, level, wait, decidedAtMillis, WHOLE);
    }

    private static RequestEvent.Refusal reached(
            LimitClaim claim, LimitLevel level, long wait, long decidedAtMillis, int percent) {
        long most = percent == WHOLE
                ? claim.rule().limit().most()
                : Throttle.share(claim.rule().limit().most(), percent);
        return new RequestEvent.Refusal(
                "rate_limited",
                claim.rule().id().toString(),
                claim.rule().name(),
                claim.partition(),
                most - Math.max(0, level.remaining()),
                most,
                wait == NEVER ? 0 : decidedAtMillis + wait);
    }

    private static String what(Limit limit) {
        if (limit instanceof Concurrency) {
            return counted(limit.most(), "requests") + " at once";
        }
        return limit.unit() == LimitUnit.COST
                ? "$" + Money.ofNanos(limit.most()).usd() + " of cost"
                : counted(limit.most(), limit.unit().wireName().replace('-', ' '));
    }

    private static String counted(long count, String many) {
        return count + " " + (count == 1 ? many.substring(0, many.length() - 1) : many);
    }

    static Refusal budgetExhausted(Claim claim, Admission.BudgetExhausted exhausted) {
        BudgetClaim refused = exhausted.claim();
        Budget budget = refused.budget();
        int index = claim.budgets().indexOf(refused);
        long used = exhausted.budgets().get(index).spent().nanos()
                + exhausted.budgets().get(index).held().nanos();
        String message = "The budget \"" + budget.name() + "\" ($"
                + budget.amount().usd() + " per "
                + budget.period().wireName() + apart(budget) + ") has $"
                + Money.ofNanos(Math.max(0, budget.amount().nanos() - used)).usd()
                + " left; this request needs $" + refused.hold().usd() + ".";
        return Refusal.of(Decision.OVER_BUDGET, 402, ErrorCategory.BUDGET, "budget_exhausted", message)
                .by(
                        new RequestEvent.Refusal(
                                "budget_exhausted",
                                budget.id().toString(),
                                budget.name(),
                                refused.window().name(),
                                used,
                                budget.amount().nanos(),
                                refused.window().resetMillis()),
                        Headroom.of(claim, exhausted.limits(), exhausted.budgets()));
    }

    private static String apart(Budget budget) {
        return budget.countsApart()
                ? " for each " + budget.per().stream().map(Partition::wireName).collect(Collectors.joining(" and "))
                : "";
    }

    /** A limit whose share for this proxy is used up, while the store does not answer. */
    static Refusal shareReached(Claim claim, Admission.LimitReached reached) {
        Refusal refusal = limitReached(claim, reached);
        return new Refusal(
                refusal.decision(),
                refusal.status(),
                refusal.category(),
                refusal.code(),
                refusal.message() + " RateGuard's counters do not answer now; this is one proxy's share of the limit.",
                refusal.retryAfterMillis(),
                refusal.rule(),
                Headroom.degraded(claim, reached.limits()),
                refusal.closesConnection());
    }

    static Refusal closed(LimitRule rule) {
        return closed("limit", rule.id().toString(), rule.name());
    }

    static Refusal closed(Budget budget) {
        return closed("budget", budget.id().toString(), budget.name());
    }

    private static Refusal closed(String what, String id, String name) {
        String message = "RateGuard's counters do not answer now, and the " + what + " \"" + name
                + "\" lets nothing pass without them; try again in a moment.";
        return Refusal.overloaded(UNAVAILABLE, message)
                .by(new RequestEvent.Refusal(UNAVAILABLE, id, name, null, 0, 0, 0), Headroom.NOTHING_KNOWN);
    }

    static Refusal rebuilding(Budget budget) {
        String message =
                "What RateGuard has counted of its budgets was lost and is being counted anew, and the budget \""
                        + budget.name() + "\" lets nothing pass until then; try again in a moment.";
        return Refusal.overloaded(UNAVAILABLE, message)
                .by(
                        new RequestEvent.Refusal(UNAVAILABLE, budget.id().toString(), budget.name(), null, 0, 0, 0),
                        Headroom.NOTHING_KNOWN);
    }

    static Refusal unavailable() {
        return Refusal.overloaded(UNAVAILABLE, "RateGuard cannot check limits and budgets now; try again in a moment.");
    }

    private static String inWords(long millis) {
        Duration wait = Duration.ofMillis(millis);
        if (wait.toHours() > 0) {
            return wait.toHours() + " h " + wait.toMinutesPart() + " min";
        }
        if (wait.toMinutes() > 0) {
            return wait.toMinutes() + " min " + wait.toSecondsPart() + " s";
        }
        return Math.max(1, Math.ceilDiv(millis, 1_000)) + " s";
    }
}
