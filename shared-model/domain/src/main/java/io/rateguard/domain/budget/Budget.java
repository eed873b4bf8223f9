package io.rateguard.domain.budget;

import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.limit.OnStoreFailure;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * How much a node of a workspace may spend in each window. {@code shutoff} says whether a request that would overspend
 * is refused, or let through and counted.
 */
public record Budget(
        BudgetId id,
        String name,
        BudgetScope scope,
        Money amount,
        BudgetPeriod period,
        ZoneId zone,
        boolean shutoff,
        Estimate estimate,
        Ladder ladder,
        OnStoreFailure onStoreFailure) {

    public Budget {
        if (amount.nanos() < 0 || amount.nanos() > Money.MAX_COUNTED_NANOS) {
            throw new IllegalArgumentException("amountNanos: " + amount.nanos() + " (expected: 0 to "
                    + Money.MAX_COUNTED_NANOS + ", about $9,007,199)");
        }
        if (onStoreFailure == OnStoreFailure.LOCAL
                || onStoreFailure == OnStoreFailure.OPEN && estimate == Estimate.STRICT) {
            throw new IllegalArgumentException("onStoreFailure: " + onStoreFailure.wireName() + " (expected: "
                    + (estimate == Estimate.STRICT ? "closed for a strict budget" : "open or closed for a budget")
                    + ")");
        }
    }

    /** With its {@linkplain Estimate#onStoreFailure() usual} failure policy. */
    public Budget(
            BudgetId id,
            String name,
            BudgetScope scope,
            Money amount,
            BudgetPeriod period,
            ZoneId zone,
            boolean shutoff,
            Estimate estimate,
            Ladder ladder) {
        this(id, name, scope, amount, period, zone, shutoff, estimate, ladder, estimate.onStoreFailure());
    }

    /** A budget that alerts nobody. */
    public Budget(
            BudgetId id,
            String name,
            BudgetScope scope,
            Money amount,
            BudgetPeriod period,
            ZoneId zone,
            boolean shutoff,
            Estimate estimate) {
        this(id, name, scope, amount, period, zone, shutoff, estimate, Ladder.NONE);
    }

    /** What must be spent for each alert of the ladder. */
    public List<Threshold> thresholds() {
        return ladder.thresholds(amount);
    }

    /** Whether requests are refused while the store does not answer; a budget that refuses nothing refuses nothing then. */
    public boolean refusesWithoutStore() {
        return shutoff && onStoreFailure == OnStoreFailure.CLOSED;
    }

    public BudgetWindow windowAt(Instant instant) {
        return period.windowAt(instant, zone);
    }

    /** How much is held before a call whose cost is not known yet. */
    public enum Estimate {
        /** The most the call can cost; a call without such a bound is refused. */
        STRICT,
        /** What the call will likely cost. */
        ELASTIC;

        /** What a budget does without its store unless it says otherwise: a strict one is never overshot. */
        public OnStoreFailure onStoreFailure() {
            return this == STRICT ? OnStoreFailure.CLOSED : OnStoreFailure.OPEN;
        }

        public String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        public static Estimate ofWireName(String name) {
            return switch (name) {
                case "strict" -> STRICT;
                case "elastic" -> ELASTIC;
                default -> throw new IllegalArgumentException("estimate: " + name + " (expected: strict or elastic)");
            };
        }
    }
}
