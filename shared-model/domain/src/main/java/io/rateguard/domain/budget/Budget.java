package io.rateguard.domain.budget;

import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.limit.OnStoreFailure;
import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.limit.RequestFacts;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * How much a node of a workspace may spend in each window.
 *
 * @param per what is counted apart: each value may spend the amount for itself
 * @param amount without its increases: what counts is the amount of {@link #at}
 * @param year from when its quarters count and on which day its months begin
 * @param shutoff whether a request that would overspend is refused, or let through and counted
 */
public record Budget(
        BudgetId id,
        String name,
        BudgetScope scope,
        List<Partition> per,
        Money amount,
        BudgetPeriod period,
        ZoneId zone,
        FiscalYear year,
        boolean shutoff,
        Estimate estimate,
        Ladder ladder,
        OnStoreFailure onStoreFailure,
        List<Increase> increases) {

    public Budget {
        per = List.copyOf(per);
        increases = List.copyOf(increases);
        per.forEach(Budget::requireCountable);
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

    /** That counts all of its requests together. */
    public Budget(
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
        this(
                id,
                name,
                scope,
                List.of(),
                amount,
                period,
                zone,
                FiscalYear.CALENDAR,
                shutoff,
                estimate,
                ladder,
                onStoreFailure,
                List.of());
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

    /** What must be spent for each share that is watched. */
    public List<Threshold> thresholds() {
        return ladder.watched(amount);
    }

    /** What must be spent or held for each throttle of the ladder. */
    public List<Throttling> throttlings() {
        return ladder.throttles().stream()
                .map(throttle -> new Throttling(throttle.at(amount), throttle.toPercent()))
                .toList();
    }

    /** Whether requests are refused while the store does not answer; a budget that refuses nothing refuses nothing then. */
    public boolean refusesWithoutStore() {
        return shutoff && onStoreFailure == OnStoreFailure.CLOSED;
    }

    /** The same budget on another node. */
    public Budget on(BudgetScope other) {
        return new Budget(
                id, name, other, per, amount, period, zone, year, shutoff, estimate, ladder, onStoreFailure, increases);
    }

    /** The same budget, counting apart. */
    public Budget with(List<Partition> counted) {
        return new Budget(
                id,
                name,
                scope,
                counted,
                amount,
                period,
                zone,
                year,
                shutoff,
                estimate,
                ladder,
                onStoreFailure,
                increases);
    }

    /** The same budget in a year that starts elsewhere. */
    public Budget with(FiscalYear other) {
        return new Budget(
                id,
                name,
                scope,
                per,
                amount,
                period,
                zone,
                other,
                shutoff,
                estimate,
                ladder,
                onStoreFailure,
                increases);
    }

    /** The same budget with these increases and no others. */
    public Budget increased(List<Increase> by) {
        return new Budget(
                id, name, scope, per, amount, period, zone, year, shutoff, estimate, ladder, onStoreFailure, by);
    }

    /** As it counts at an instant: its amount with the increases that have not ended, and no increases beside it. */
    public Budget at(Instant instant) {
        if (increases.isEmpty()) {
            return this;
        }
        long nanos = amount.nanos();
        for (Increase increase : increases) {
            if (increase.countsAt(instant)) {
                nanos = Math.min(nanos + increase.amount().nanos(), Money.MAX_COUNTED_NANOS);
            }
        }
        return new Budget(
                id,
                name,
                scope,
                per,
                Money.ofNanos(nanos),
                period,
                zone,
                year,
                shutoff,
                estimate,
                ladder,
                onStoreFailure,
                List.of());
    }

    /** Whether there is one counter for each value of something, so that no single one tells how the budget stands. */
    public boolean countsApart() {
        return !per.isEmpty();
    }

    /** The run of the period that holds an instant: the counter of all requests, unless the budget counts apart. */
    public BudgetWindow windowAt(Instant instant) {
        return period.windowAt(instant, zone, year);
    }

    /** The counter that a request falls under at an instant; without a value it falls under that of the empty one. */
    public BudgetWindow windowAt(Instant instant, RequestFacts facts) {
        return windowAt(instant).apart(per, facts);
    }

    private static void requireCountable(Partition partition) {
        if (partition == Partition.Field.WORKSPACE || partition == Partition.Field.IP) {
            throw new IllegalArgumentException("per: " + partition.wireName() + " (expected: "
                    + "key, customer, api, model, project or tag:<name>; "
                    + (partition == Partition.Field.IP
                            ? "whoever changes addresses would have a budget for each"
                            : "a budget belongs to one workspace anyway")
                    + ")");
        }
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
