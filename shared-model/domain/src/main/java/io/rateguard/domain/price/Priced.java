package io.rateguard.domain.price;

import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.Usage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's report comes to.
 *
 * @param usage what is billed: the report, with the request itself where that has a rate
 * @param cost nothing where a class that was used has no rate
 * @param costOfRated what the classes that have a rate come to
 * @param surely whether the rates of the tier of service that was served are known
 */
public record Priced(Usage usage, Optional<Money> cost, Money costOfRated, boolean surely) {

    /** @throws ArithmeticException when it is more than any sum of money */
    public static Priced of(ModelPrice price, Usage reported, @Nullable String serviceTier) {
        ModelPrice served = price.served(serviceTier);
        Usage usage = served.billed(reported);
        Money known = served.costOfRated(usage);
        return new Priced(
                usage,
                served.hasRatesFor(usage) ? Optional.of(known) : Optional.empty(),
                known,
                price.knows(serviceTier));
    }
}
