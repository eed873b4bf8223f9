package io.rateguard.console.requests;

import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.price.ModelPrice;
import io.rateguard.domain.price.PriceCatalogue;
import io.rateguard.domain.price.Rate;
import io.rateguard.domain.price.TieredRate;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a cost came about: each class of usage times its price. Empty where the price that was applied is not in the
 * catalogue any more, or where its sum is not what was charged (an estimate, say): nothing is explained that was not so.
 *
 * @param charged what the lines add up to, rounded once, or the most that a call costs
 */
public record CostExplanation(List<Line> lines, Money charged) {

    private static final int PICO_PER_MILLION_DIGITS = 9;
    private static final int SHOWN_NANO_DIGITS = 3;

    /** @param nanos of this class alone, not rounded to whole ones */
    public record Line(UsageClass usageClass, long count, String usdPerMillion, BigDecimal nanos) {}

    public static Optional<CostExplanation> of(RequestEvent event, PriceCatalogue catalogue, List<String> providers) {
        return price(event, catalogue, providers).flatMap(price -> of(event, price));
    }

    /** By the price that was applied. */
    static Optional<CostExplanation> of(RequestEvent event, ModelPrice applied) {
        Usage usage = event.metering().usage();
        ModelPrice price = applied.served(event.metering().serviceTier());
        Money charged = Money.ofNanos(event.metering().costNanos());
        return price.cost(usage).filter(charged::equals).map(cost -> new CostExplanation(lines(usage, price), cost));
    }

    private static Optional<ModelPrice> price(RequestEvent event, PriceCatalogue catalogue, List<String> providers) {
        Instant at = Instant.ofEpochMilli(event.times().arrivedAtMillis());
        return Stream.of(event.call().model(), event.call().servedModel())
                .filter(Objects::nonNull)
                .flatMap(model ->
                        providers.stream().flatMap(provider -> catalogue.find(List.of(provider), model, at).stream()))
                .filter(price -> price.version().equals(event.metering().priceVersion()))
                .findFirst();
    }

    private static List<Line> lines(Usage usage, ModelPrice price) {
        List<Line> lines = new ArrayList<>();
        Arrays.stream(UsageClass.values())
                .filter(usageClass -> usage.count(usageClass) > 0)
                .forEach(usageClass -> price.rate(usageClass)
                        .map(rate -> line(usageClass, usage, rate))
                        .ifPresent(lines::add));
        return lines;
    }

    private static Line line(UsageClass usageClass, Usage usage, TieredRate rates) {
        long count = usage.count(usageClass);
        Rate rate = rates.at(usage.inputTokens());
        BigDecimal nanos = new BigDecimal(rate.picosPerMillion())
                .multiply(BigDecimal.valueOf(count))
                .movePointLeft(PICO_PER_MILLION_DIGITS)
                .setScale(SHOWN_NANO_DIGITS, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
        return new Line(usageClass, count, rate.usdPerMillion(), nanos);
    }
}
