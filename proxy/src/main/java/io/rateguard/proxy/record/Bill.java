package io.rateguard.proxy.record;

import io.rateguard.domain.money.Money;
import io.rateguard.domain.price.Priced;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import io.rateguard.proxy.dialect.Reading;
import io.rateguard.proxy.stage.Estimate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call is charged, and from what it was told. Nothing that is unknown is charged as zero: what the provider did
 * not report is charged by estimate, or by its hold where that is the most it can cost, and what has no rate by its hold,
 * or by what is known of it where that is more.
 *
 * @param priceVersion the price that was applied
 * @param unpriced whether no price, or no rate for a class or the tier of service that was used, is known
 */
public record Bill(
        Usage usage,
        UsageSource source,
        Money cost,
        @Nullable String priceVersion,
        boolean unpriced) {

    private Bill(Estimate estimate, Usage usage, UsageSource source, Money cost, boolean unpriced) {
        this(
                usage,
                source,
                cost,
                estimate.price() == null ? null : estimate.price().version(),
                unpriced);
    }

    /** For what the provider does not bill: refusals, its own errors, calls that never reached it. */
    public static Bill nothing(Estimate estimate) {
        return new Bill(estimate, Usage.NONE, UsageSource.NONE, Money.ZERO, estimate.unpriced());
    }

    /** For a call that reached the provider and was not answered. */
    public static Bill byEstimate(Estimate estimate) {
        return estimate.metered()
                ? new Bill(
                        estimate,
                        estimate.likely(),
                        UsageSource.ESTIMATED,
                        unreported(estimate),
                        estimate.unpriced() || estimate.growsUnseen())
                : nothing(estimate);
    }

    /** For a call that is charged by its hold, should nothing more be heard of it. */
    public static Bill byHold(Estimate estimate, Money hold) {
        return new Bill(
                estimate,
                estimate.likely(),
                estimate.metered() ? UsageSource.ESTIMATED : UsageSource.NONE,
                hold,
                estimate.unpriced());
    }

    /** For an answered call. */
    public static Bill of(Estimate made, Reading reading) {
        Estimate estimate = made.servedBy(reading.servedModel());
        if (!estimate.metered()) {
            return nothing(estimate);
        }
        if (isAbsurd(reading.usage())) {
            return byEstimate(estimate);
        }
        return switch (reading.source()) {
            case PROVIDER, PARTIAL -> price(estimate, reading.usage(), reading);
            case COUNTED -> counted(estimate, withEstimatedInput(estimate, reading.usage()), reading);
            case ESTIMATED, NONE -> byEstimate(estimate);
        };
    }

    /** What the reply did not show may have been billed too, so a bound is charged whole. */
    private static Bill counted(Estimate estimate, Usage usage, Reading reading) {
        return estimate.bounded()
                ? new Bill(estimate, usage, reading.source(), estimate.hold(), estimate.unpriced())
                : price(estimate, usage, reading);
    }

    private static Money unreported(Estimate estimate) {
        return estimate.bounded() ? estimate.hold() : estimate.likelyCost();
    }

    private static Bill price(Estimate estimate, Usage reported, Reading reading) {
        UsageSource source = reading.source();
        if (estimate.price() == null) {
            return new Bill(estimate, reported, source, Money.ZERO, true);
        }
        try {
            Priced priced = Priced.of(estimate.price(), reported, reading.serviceTier());
            Optional<Money> cost = priced.cost();
            if (priced.costOfRated().nanos() > Money.MAX_COUNTED_NANOS) {
                return byEstimate(estimate);
            }
            return cost.isPresent()
                    ? new Bill(estimate, priced.usage(), source, cost.get(), !priced.surely() || estimate.atCeiling())
                    : new Bill(
                            estimate,
                            priced.usage(),
                            source,
                            Collections.max(List.of(estimate.hold(), priced.costOfRated())),
                            true);
        } catch (ArithmeticException absurd) {
            return byEstimate(estimate);
        }
    }

    /** More than any counter can count. */
    private static boolean isAbsurd(Usage usage) {
        try {
            return usage.totalTokens() > Money.MAX_COUNTED_NANOS;
        } catch (ArithmeticException tooLarge) {
            return true;
        }
    }

    private static Usage withEstimatedInput(Estimate estimate, Usage counted) {
        return counted.with(UsageClass.INPUT, estimate.likely().count(UsageClass.INPUT));
    }
}
