package io.rateguard.proxy.admission;

import io.rateguard.counters.Admission;
import io.rateguard.counters.BudgetClaim;
import io.rateguard.counters.Claim;
import io.rateguard.counters.Counters;
import io.rateguard.counters.CountersOverloaded;
import io.rateguard.counters.CountersUnavailable;
import io.rateguard.counters.LimitClaim;
import io.rateguard.counters.LimitLevel;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.limit.Concurrency;
import io.rateguard.domain.limit.Limit;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.money.Money;
import io.rateguard.proxy.dialect.ErrorCategory;
import io.rateguard.proxy.stage.Admitted;
import io.rateguard.proxy.stage.Arrival;
import io.rateguard.proxy.stage.Estimate;
import io.rateguard.proxy.stage.Headroom;
import io.rateguard.proxy.stage.Refusal;
import io.rateguard.proxy.stage.Refused;
import io.rateguard.proxy.stage.Understood;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** Takes from every limit and budget that a request falls under, or from none of them. */
public final class Admissions {

    private static final Logger log = LoggerFactory.getLogger(Admissions.class);

    private static final long NEVER = Long.MAX_VALUE;

    private final Counters counters;
    private final BooleanSupplier hasRoom;

    /** @param hasRoom whether what is admitted can be recorded */
    public Admissions(Counters counters, BooleanSupplier hasRoom) {
        this.counters = counters;
        this.hasRoom = hasRoom;
    }

    /**
     * Emits on the caller's event loop. When the caller leaves before the answer, whatever was taken is released again.
     */
    public Mono<Admitted> take(Understood understood) {
        if (!hasRoom.getAsBoolean()) {
            release(understood);
            return Mono.error(new Refused(
                    understood,
                    Refusal.overloaded(
                            "journal_full", "RateGuard cannot record more requests now; try again in a moment.")));
        }
        Claim claim;
        try {
            claim = claim(understood, understood.arrival().arrivedAtMillis());
        } catch (RuntimeException mistake) {
            release(understood);
            return Mono.error(mistake);
        }
        if (claim.isEmpty()) {
            return Mono.just(
                    new Admitted(understood, claim, understood.arrival().arrivedAtMillis(), Headroom.NONE, List.of()));
        }
        return Mono.<Admitted>create(sink -> new Taking(understood, sink).take(claim, true))
                .doOnError(refused -> release(understood));
    }

    private static Claim claim(Understood understood, long atMillis) {
        List<LimitClaim> limits = new ArrayList<>();
        for (LimitRule rule : understood.identified().policy().limitsFor(understood.facts())) {
            limits.add(new LimitClaim(rule, Partition.of(rule.per(), understood.facts()), amount(rule, understood)));
        }
        List<BudgetClaim> budgets = new ArrayList<>();
        Instant at = Instant.ofEpochMilli(atMillis);
        for (Budget budget : understood.identified().policy().budgetsFor(understood.facts())) {
            budgets.add(new BudgetClaim(
                    budget, budget.windowAt(at), understood.estimate().hold()));
        }
        return new Claim(
                understood.identified().policy().workspace(),
                understood.arrival().id(),
                limits,
                budgets);
    }

    private static long amount(LimitRule rule, Understood understood) {
        Estimate estimate = understood.estimate();
        return Math.min(rule.amountOf(estimate.likely(), estimate.likelyCost()), Money.MAX_COUNTED_NANOS);
    }

    private static void release(Understood understood) {
        if (understood.body() != null) {
            understood.body().release();
        }
    }

    /** One admission under way. Everything but the answer's arrival happens on the caller's event loop. */
    private final class Taking {

        private final Understood understood;
        private final MonoSink<Admitted> sink;
        private boolean callerGone;

        Taking(Understood understood, MonoSink<Admitted> sink) {
            this.understood = understood;
            this.sink = sink;
            var _ = sink.onCancel(() -> callerGone = true);
        }

        void take(Claim claim, boolean mayRecompute) {
            counters.admit(claim)
                    .whenComplete((admission, failure) -> understood
                            .arrival()
                            .loop()
                            .execute(() -> {
                                try {
                                    if (failure != null) {
                                        failed(failure);
                                    } else {
                                        decided(claim, admission, mayRecompute);
                                    }
                                } catch (RuntimeException mistake) {
                                    giveBack();
                                    sink.error(mistake);
                                }
                            }));
        }

        private void decided(Claim claim, Admission admission, boolean mayRecompute) {
            if (callerGone) {
                if (admission instanceof Admission.Admitted) {
                    giveBack();
                }
                release(understood);
                return;
            }
            switch (admission) {
                case Admission.Admitted it -> sink.success(admitted(claim, it));
                case Admission.LimitReached it -> refuse(limitReached(claim, it));
                case Admission.BudgetExhausted it -> refuse(budgetExhausted(claim, it));
                case Admission.WrongWindow it when mayRecompute -> take(claim(understood, it.nowMillis()), false);
                case Admission.WrongWindow it -> refuse(unavailable());
                case Admission.AlreadyReleased it -> refuse(unavailable());
            }
        }

        private Admitted admitted(Claim claim, Admission.Admitted it) {
            Headroom headroom = Headroom.of(claim, it.limits(), it.budgets());
            if (it.shadowed().isEmpty()) {
                return new Admitted(understood, claim, it.chargedAtMillis(), headroom, List.of());
            }
            List<LimitClaim> notTaken =
                    it.shadowed().stream().map(Admission.Shadowed::claim).toList();
            List<RequestEvent.Refusal> shadowed = it.shadowed().stream()
                    .map(shadow -> reached(
                            shadow.claim(),
                            it.limits().get(claim.limits().indexOf(shadow.claim())),
                            shadow.retryAfterMillis(),
                            it.chargedAtMillis()))
                    .toList();
            return new Admitted(understood, claim.without(notTaken), it.chargedAtMillis(), headroom, shadowed);
        }

        private void failed(Throwable failure) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (cause instanceof CountersUnavailable) {
                giveBack();
            }
            if (callerGone) {
                release(understood);
                return;
            }
            switch (cause) {
                case CountersOverloaded it ->
                    refuse(Refusal.overloaded(
                            "overloaded", "RateGuard has more requests to decide than it can; try again shortly."));
                case CountersUnavailable it -> refuse(unavailable());
                default -> sink.error(cause);
            }
        }

        /** The deadline may have passed while the script ran: what it took, if it did, goes back. */
        private void giveBack() {
            Arrival arrival = understood.arrival();
            counters.release(understood.identified().policy().workspace(), arrival.id())
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            log.debug("release of {}: {}", arrival.id(), failure.getMessage());
                        }
                    });
        }

        private void refuse(Refusal refusal) {
            sink.error(new Refused(understood, refusal));
        }
    }

    private static Refusal limitReached(Claim claim, Admission.LimitReached reached) {
        LimitRule rule = reached.claim().rule();
        long wait = reached.retryAfterMillis();
        String when = wait == NEVER ? "It never lets this pass." : "Try again in " + inWords(wait) + ".";
        LimitLevel level = reached.limits().get(claim.limits().indexOf(reached.claim()));
        String message = "The limit \"" + rule.name() + "\" (" + what(rule.limit()) + ") is reached. " + when;
        return Refusal.of(Decision.LIMITED, 429, ErrorCategory.LIMIT, "rate_limited", message)
                .retryAfter(wait == NEVER ? -1 : wait)
                .by(
                        reached(reached.claim(), level, wait, reached.decidedAtMillis()),
                        Headroom.of(claim, reached.limits(), reached.budgets()));
    }

    private static RequestEvent.Refusal reached(LimitClaim claim, LimitLevel level, long wait, long decidedAtMillis) {
        long most = claim.rule().limit().most();
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
        return limit instanceof Concurrency
                ? limit.most() + (limit.most() == 1 ? " request" : " requests") + " at once"
                : limit.most() + " " + limit.unit().wireName();
    }

    private static Refusal budgetExhausted(Claim claim, Admission.BudgetExhausted exhausted) {
        BudgetClaim refused = exhausted.claim();
        Budget budget = refused.budget();
        int index = claim.budgets().indexOf(refused);
        long used = exhausted.budgets().get(index).spent().nanos()
                + exhausted.budgets().get(index).held().nanos();
        String message = "The budget \"" + budget.name() + "\" ($"
                + budget.amount().usd() + " per "
                + budget.period().wireName() + ") has $"
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
                                refused.window().endMillis()),
                        Headroom.of(claim, exhausted.limits(), exhausted.budgets()));
    }

    private static Refusal unavailable() {
        return Refusal.overloaded(
                "counters_unavailable", "RateGuard cannot check limits and budgets now; try again in a moment.");
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
