package io.rateguard.counters;

import io.rateguard.domain.budget.Throttle;
import io.rateguard.domain.limit.Limit;
import io.rateguard.domain.limit.LimitUnit;
import io.rateguard.domain.limit.TokenBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A claim as admit.lua takes it, and that script's answer as an admission. */
record AdmitCall(Claim claim) {

    private static final int EPOCH = 6;
    private static final int OTHER_RUN = 7;
    private static final int LEVELS_FROM = 7;
    private static final int COLD = -4;
    private static final int SHADOWS = 4;
    private static final int THROTTLING = 5;

    /** @param reportedIn the epoch that this process has reported in */
    ScriptCall call(String nowMillis, long holdLifeMillis, long reportedIn) {
        return call(Script.ADMIT, nowMillis, holdLifeMillis, reportedIn);
    }

    /** What gives back all that it took. */
    ScriptCall release(String nowMillis, long tombstoneLifeMillis) {
        return call(Script.RELEASE, nowMillis, tombstoneLifeMillis, Epoch.NONE);
    }

    private ScriptCall call(Script script, String nowMillis, long lifeMillis, long reportedIn) {
        Keys keys = new Keys(claim.workspace());
        ScriptCall call = new ScriptCall(script)
                .key(keys.request(claim.request()))
                .argument(claim.request().value())
                .argument(nowMillis)
                .argument(lifeMillis);
        if (!claim.budgets().isEmpty()) {
            call.key(keys.epoch())
                    .argument("epoch")
                    .argument(reportedIn)
                    .argument(claim.holder() == null ? "" : claim.holder().toString());
        }
        for (LimitClaim limit : claim.limits()) {
            Limit kind = limit.rule().limit();
            if (limit.rule().isShadow()) {
                call.argument("shadow");
            }
            call.limit(keys.limit(limit.rule(), limit.partition()), kind, kind.taking(limit.amount()));
        }
        for (BudgetClaim budget : claim.budgets()) {
            String key = keys.budget(budget.budget().id(), budget.window());
            call.budget(key, budget.window(), budget.hold().nanos())
                    .argument(budget.budget().amount().nanos())
                    .argument(budget.window().startMillis())
                    .argument(budget.window().endMillis())
                    .argument(budget.budget().shutoff() ? 1 : 0)
                    .throttlings(budget.budget().throttlings());
        }
        for (Rung rung : rungs()) {
            call.argument("throttle")
                    .argument(claim.budgets().indexOf(rung.claim()) + 1)
                    .argument(rung.throttle().at(rung.claim().budget().amount()).nanos())
                    .limit(keys.throttle(rung.claim(), rung.throttle()), rung.bucket(), 1);
        }
        return call;
    }

    /** The buckets that throttles bring where no limit would slow the request down. */
    private List<Rung> rungs() {
        List<Rung> rungs = new ArrayList<>();
        if (claim.limits().stream().allMatch(limit -> limit.rule().isShadow())) {
            for (BudgetClaim budget : claim.budgets()) {
                for (Throttle throttle : budget.budget().ladder().throttles()) {
                    throttle.requestsPerMinute()
                            .ifPresent(most -> rungs.add(new Rung(
                                    budget,
                                    throttle,
                                    new TokenBucket(LimitUnit.REQUESTS, most, most, Duration.ofMinutes(1)))));
                }
            }
        }
        return rungs;
    }

    private record Rung(BudgetClaim claim, Throttle throttle, TokenBucket bucket) {}

    boolean isCold(Reply reply) {
        return reply.number(0) == COLD;
    }

    /** The run of the server that a cold workspace was trusted on; empty when it is not known, or is this one. */
    String otherRun(Reply reply) {
        return reply.text(OTHER_RUN);
    }

    Admission answer(Reply reply) {
        if (isCold(reply)) {
            return new Admission.Cold(reply.number(3));
        }
        long verdict = reply.number(0);
        if (verdict == -3) {
            return new Admission.AlreadyReleased();
        }
        long millis = reply.number(3);
        if (verdict == -2) {
            return new Admission.WrongWindow(millis);
        }
        List<LimitLevel> limits = limitLevels(reply);
        List<BudgetLevel> budgets = reply.budgetLevels(
                LEVELS_FROM + 2 * limits.size(), claim.budgets().size());
        if (verdict == 1) {
            return new Admission.Admitted(millis, reply.number(EPOCH), shadowed(reply), limits, budgets);
        }
        int refusing = (int) reply.number(1) - 1;
        int rung = refusing - limits.size() - budgets.size();
        if (rung >= 0) {
            Rung throttled = rungs().get(rung);
            return new Admission.Throttled(
                    throttled.claim(),
                    throttled.throttle(),
                    millis,
                    reply.millis(2, throttled.bucket()),
                    limits,
                    budgets);
        }
        if (refusing >= limits.size()) {
            return new Admission.BudgetExhausted(
                    claim.budgets().get(refusing - limits.size()), millis, limits, budgets);
        }
        LimitClaim limit = claim.limits().get(refusing);
        long retryAfterMillis = reply.millis(2, limit.rule().limit());
        return new Admission.LimitReached(limit, millis, retryAfterMillis, slowed(reply), limits, budgets);
    }

    private Optional<Admission.Slowed> slowed(Reply reply) {
        long[] lowest = reply.numbers(THROTTLING);
        return lowest.length == 0
                ? Optional.empty()
                : Optional.of(new Admission.Slowed(claim.budgets().get((int) lowest[0] - 1), (int) lowest[1]));
    }

    private List<Admission.Shadowed> shadowed(Reply reply) {
        long[] pairs = reply.numbers(SHADOWS);
        List<Admission.Shadowed> shadowed = new ArrayList<>(pairs.length / 2);
        for (int i = 0; i < pairs.length; i += 2) {
            LimitClaim limit = claim.limits().get((int) pairs[i] - 1);
            shadowed.add(new Admission.Shadowed(
                    limit, Reply.millis(pairs[i + 1], limit.rule().limit())));
        }
        return shadowed;
    }

    private List<LimitLevel> limitLevels(Reply reply) {
        List<LimitLevel> levels = new ArrayList<>(claim.limits().size());
        for (LimitClaim limit : claim.limits()) {
            levels.add(reply.limitLevel(
                    LEVELS_FROM + 2 * levels.size(), limit.rule().limit()));
        }
        return levels;
    }
}
