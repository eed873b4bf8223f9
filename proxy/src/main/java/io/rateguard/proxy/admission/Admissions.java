package io.rateguard.proxy.admission;

import io.rateguard.counters.Admission;
import io.rateguard.counters.BudgetClaim;
import io.rateguard.counters.Claim;
import io.rateguard.counters.Counters;
import io.rateguard.counters.CountersOverloaded;
import io.rateguard.counters.CountersUnavailable;
import io.rateguard.counters.Epoch;
import io.rateguard.counters.LimitClaim;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.money.Money;
import io.rateguard.proxy.stage.Admitted;
import io.rateguard.proxy.stage.Estimate;
import io.rateguard.proxy.stage.Headroom;
import io.rateguard.proxy.stage.Refusal;
import io.rateguard.proxy.stage.Refused;
import io.rateguard.proxy.stage.Understood;
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

    private final Counters counters;
    private final FailurePolicies failurePolicies;
    private final BooleanSupplier hasRoom;

    /** @param hasRoom whether what is admitted can be recorded */
    public Admissions(Counters counters, FailurePolicies failurePolicies, BooleanSupplier hasRoom) {
        this.counters = counters;
        this.failurePolicies = failurePolicies;
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
            return Mono.just(new Admitted(
                    understood,
                    claim,
                    understood.arrival().arrivedAtMillis(),
                    Headroom.NONE,
                    List.of(),
                    Epoch.NONE,
                    null,
                    false));
        }
        return Mono.<Admitted>create(sink -> new Taking(understood, sink).start(claim))
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
                    budget.at(at),
                    budget.windowAt(at, understood.facts()),
                    understood.estimate().hold()));
        }
        return new Claim(
                understood.identified().policy().workspace(),
                understood.arrival().id(),
                understood.facts().key(),
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
        private List<BudgetClaim> uncounted = List.of();

        Taking(Understood understood, MonoSink<Admitted> sink) {
            this.understood = understood;
            this.sink = sink;
            var _ = sink.onCancel(() -> callerGone = true);
        }

        void start(Claim claim) {
            if (!claim.budgets().isEmpty() && counters.rebuilds().isCold(claim.workspace())) {
                takeCold(claim);
            } else {
                take(claim, true);
            }
        }

        /** What is counted of budgets cannot be trusted now: their failure policies decide, the limits are counted. */
        private void takeCold(Claim claim) {
            try {
                failurePolicies.requireOpen(understood, claim);
            } catch (Refused refused) {
                sink.error(refused);
                return;
            }
            uncounted = claim.budgets();
            if (claim.limits().isEmpty()) {
                sink.success(admitted(
                        claim.withoutBudgets(),
                        new Admission.Admitted(
                                understood.arrival().arrivedAtMillis(), List.of(), List.of(), List.of())));
            } else {
                take(claim.withoutBudgets(), true);
            }
        }

        private void take(Claim claim, boolean mayRecompute) {
            counters.admit(claim)
                    .whenComplete((admission, failure) -> understood
                            .arrival()
                            .loop()
                            .execute(() -> {
                                try {
                                    if (failure != null) {
                                        failed(claim, failure);
                                    } else {
                                        decided(claim, admission, mayRecompute);
                                    }
                                } catch (RuntimeException mistake) {
                                    giveBack(claim);
                                    sink.error(mistake);
                                }
                            }));
        }

        private void decided(Claim claim, Admission admission, boolean mayRecompute) {
            if (callerGone) {
                if (admission instanceof Admission.Admitted) {
                    giveBack(claim);
                }
                release(understood);
                return;
            }
            switch (admission) {
                case Admission.Admitted it -> sink.success(admitted(claim, it));
                case Admission.LimitReached it -> refuse(Verdicts.limitReached(claim, it));
                case Admission.BudgetExhausted it -> refuse(Verdicts.budgetExhausted(claim, it));
                case Admission.Throttled it -> refuse(Verdicts.throttled(claim, it));
                case Admission.WrongWindow it when mayRecompute -> take(claim(understood, it.nowMillis()), false);
                case Admission.WrongWindow it -> refuse(Verdicts.unavailable());
                case Admission.Cold it -> takeCold(claim);
                case Admission.AlreadyReleased it -> refuse(Verdicts.unavailable());
            }
        }

        private Admitted admitted(Claim claim, Admission.Admitted it) {
            boolean cold = !uncounted.isEmpty();
            Headroom headroom =
                    cold ? Headroom.degraded(claim, it.limits()) : Headroom.of(claim, it.limits(), it.budgets());
            List<LimitClaim> notTaken =
                    it.shadowed().stream().map(Admission.Shadowed::claim).toList();
            List<RequestEvent.Refusal> shadowed = it.shadowed().stream()
                    .map(shadow -> Verdicts.reached(
                            shadow.claim(),
                            it.limits().get(claim.limits().indexOf(shadow.claim())),
                            shadow.retryAfterMillis(),
                            it.chargedAtMillis()))
                    .toList();
            return new Admitted(
                    understood,
                    claim.without(notTaken).and(uncounted),
                    it.chargedAtMillis(),
                    headroom,
                    shadowed,
                    it.epoch(),
                    null,
                    cold);
        }

        private void failed(Claim claim, Throwable failure) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (cause instanceof CountersUnavailable unavailable && unavailable.asked()) {
                giveBack(claim);
            }
            if (callerGone) {
                release(understood);
                return;
            }
            switch (cause) {
                case CountersOverloaded it ->
                    refuse(Refusal.overloaded(
                            "overloaded", "RateGuard has more requests to decide than it can; try again shortly."));
                case CountersUnavailable it -> withoutStore();
                default -> sink.error(cause);
            }
        }

        private void withoutStore() {
            Claim claim = claim(understood, understood.arrival().arrivedAtMillis());
            try {
                sink.success(failurePolicies.admit(understood, claim));
            } catch (Refused refused) {
                sink.error(refused);
            }
        }

        /** The deadline may have passed while the script ran: what it took, if it did, goes back. */
        private void giveBack(Claim claim) {
            var _ = counters.persistently(() -> counters.release(claim)).whenComplete((done, failure) -> {
                if (failure != null) {
                    log.warn(
                            "release of {} given up, what it may hold lapses into a charge: {}",
                            claim.request(),
                            failure.getMessage());
                }
            });
        }

        private void refuse(Refusal refusal) {
            sink.error(new Refused(understood, refusal));
        }
    }
}
