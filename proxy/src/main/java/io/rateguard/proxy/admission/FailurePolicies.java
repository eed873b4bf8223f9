package io.rateguard.proxy.admission;

import io.rateguard.counters.Admission;
import io.rateguard.counters.BudgetClaim;
import io.rateguard.counters.Claim;
import io.rateguard.counters.Epoch;
import io.rateguard.counters.LimitClaim;
import io.rateguard.proxy.local.LocalLimits;
import io.rateguard.proxy.local.LocalTaking;
import io.rateguard.proxy.stage.Admitted;
import io.rateguard.proxy.stage.Headroom;
import io.rateguard.proxy.stage.Refused;
import io.rateguard.proxy.stage.Understood;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** Decides on a request that the store gave no answer on, by the failure policy of each of its limits and budgets. */
public final class FailurePolicies {

    private final LocalLimits local;
    private final IntSupplier proxies;
    private final LongSupplier nowMillis;
    private final LongAdder decided = new LongAdder();

    /** @param proxies by how many a limit is divided */
    public FailurePolicies(LocalLimits local, IntSupplier proxies, LongSupplier nowMillis) {
        this.local = local;
        this.proxies = proxies;
        this.nowMillis = nowMillis;
    }

    /** How many requests were decided here, refused ones among them. */
    public long decided() {
        return decided.sum();
    }

    /**
     * Decides for the budgets alone, while what the store has counted of them is being rebuilt.
     *
     * @throws Refused by one that lets nothing pass without the store
     */
    void requireOpen(Understood understood, Claim claim) {
        decided.increment();
        for (BudgetClaim budget : claim.budgets()) {
            if (budget.budget().refusesWithoutStore()) {
                throw new Refused(understood, Verdicts.rebuilding(budget.budget()));
            }
        }
    }

    /** @throws Refused by a rule that lets nothing pass now, or by one whose share for this proxy is used up */
    Admitted admit(Understood understood, Claim claim) {
        decided.increment();
        List<LimitClaim> shares = new ArrayList<>(claim.limits().size());
        for (LimitClaim limit : claim.limits()) {
            if (limit.rule().isShadow()) {
                continue;
            }
            switch (limit.rule().onStoreFailure()) {
                case CLOSED -> throw new Refused(understood, Verdicts.closed(limit.rule()));
                case OPEN -> {}
                case LOCAL ->
                    shares.add(new LimitClaim(
                            limit.rule().shareOf(proxies.getAsInt()), limit.partition(), limit.amount()));
            }
        }
        for (BudgetClaim budget : claim.budgets()) {
            if (budget.budget().refusesWithoutStore()) {
                throw new Refused(understood, Verdicts.closed(budget.budget()));
            }
        }
        Claim here = claim.of(shares);
        LocalTaking taking = local.take(here, nowMillis.getAsLong());
        return switch (taking.admission()) {
            case Admission.Admitted it ->
                new Admitted(
                        understood,
                        here,
                        understood.arrival().arrivedAtMillis(),
                        Headroom.degraded(here, it.limits()),
                        List.of(),
                        Epoch.NONE,
                        taking,
                        false);
            case Admission.LimitReached it -> throw new Refused(understood, Verdicts.shareReached(here, it));
            case Admission other -> throw new IllegalStateException("local limits answered " + other);
        };
    }
}
