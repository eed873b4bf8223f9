package io.rateguard.domain.price;

import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one model, or one call, costs: a rate for each usage class that has one.
 *
 * @param version names the price that was applied, for ever: catalogue, provider, model, and from when it holds
 * @param serviceTiers the rates that differ in a tier of service; what a tier names no rate for costs as by default
 * @param maxOutputTokens the most the model answers, where that is known
 * @param most what one request costs at most; none: there is no such bound
 */
public record ModelPrice(
        String version,
        Map<UsageClass, TieredRate> rates,
        Map<ServiceTier, Map<UsageClass, TieredRate>> serviceTiers,
        OptionalLong maxOutputTokens,
        @Nullable Money most) {

    private static final int PICO_PER_MILLION_DIGITS = 9;

    public ModelPrice {
        rates = Map.copyOf(rates);
        serviceTiers = Map.copyOf(serviceTiers);
    }

    public ModelPrice(
            String version,
            Map<UsageClass, TieredRate> rates,
            Map<ServiceTier, Map<UsageClass, TieredRate>> serviceTiers,
            OptionalLong maxOutputTokens) {
        this(version, rates, serviceTiers, maxOutputTokens, null);
    }

    /** The price at the tier that a provider says it served; one that is not known costs as the default one. */
    public ModelPrice served(@Nullable String serviceTier) {
        return ServiceTier.served(serviceTier)
                .map(serviceTiers::get)
                .map(differing -> {
                    Map<UsageClass, TieredRate> own = new EnumMap<>(rates);
                    own.putAll(differing);
                    return new ModelPrice(version, own, Map.of(), maxOutputTokens, most);
                })
                .orElse(this);
    }

    /** Whether this price bounds what is billed in a tier of service of that name. */
    public boolean knows(@Nullable String serviceTier) {
        return ServiceTier.costsNoMoreThanDefault(serviceTier)
                || ServiceTier.served(serviceTier)
                        .filter(serviceTiers::containsKey)
                        .isPresent();
    }

    /** The use with the request itself counted, where that has a rate: no provider reports it. */
    public Usage billed(Usage usage) {
        return usage.count(UsageClass.REQUESTS) == 0 && rates.containsKey(UsageClass.REQUESTS)
                ? usage.with(UsageClass.REQUESTS, 1)
                : usage;
    }

    /** The cost of this use, rounded once, half-even; nothing when a class that was used has no rate. */
    public Optional<Money> cost(Usage usage) {
        return hasRatesFor(usage) ? Optional.of(costOfRated(usage)) : Optional.empty();
    }

    /** Whether every class that was used has a rate; a request alone costs nothing where it has none. */
    boolean hasRatesFor(Usage usage) {
        for (UsageClass used : usage.counts().keySet()) {
            if (used != UsageClass.REQUESTS && rate(used).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** The cost of the classes that have a rate, rounded once, half-even. */
    Money costOfRated(Usage usage) {
        BigInteger picoMillions = BigInteger.ZERO;
        long inputTokens = usage.inputTokens();
        for (Map.Entry<UsageClass, Long> used : usage.counts().entrySet()) {
            Rate rate =
                    rate(used.getKey()).map(tiered -> tiered.at(inputTokens)).orElse(Rate.ZERO);
            picoMillions = picoMillions.add(times(used.getValue(), rate));
        }
        Money cost = round(picoMillions, RoundingMode.HALF_EVEN);
        return most != null && cost.compareTo(most) > 0 ? most : cost;
    }

    /**
     * The most that a request can cost whose input is at most {@code inputTokens} and whose output is at most
     * {@code outputTokens}: every token at the dearest class, context tier and tier of service it can reach, rounded up.
     */
    public Money ceiling(long inputTokens, long outputTokens) {
        BigInteger picoMillions = times(
                        inputTokens,
                        dearest(inputTokens, usageClass -> usageClass.kind() == UsageClass.Kind.INPUT_TOKENS))
                .add(times(
                        outputTokens,
                        dearest(inputTokens, usageClass -> usageClass.kind() == UsageClass.Kind.OUTPUT_TOKENS)))
                .add(times(1, dearest(inputTokens, usageClass -> usageClass == UsageClass.REQUESTS)));
        return round(picoMillions, RoundingMode.CEILING);
    }

    /**
     * The rate of a class. One that has none of its own costs as the class that providers count it to, and a medium that
     * is read from a cache never less than the medium itself; nothing where that may be cheaper than the truth. Where a
     * cache is priced apart from the input, so may be writing to it.
     */
    public Optional<TieredRate> rate(UsageClass usageClass) {
        TieredRate own = rates.get(usageClass);
        if (own != null) {
            return Optional.of(own);
        }
        return switch (usageClass) {
            case REASONING, CITATION -> rate(UsageClass.OUTPUT);
            case CACHE_READ, INPUT_IMAGE, INPUT_VIDEO -> rate(UsageClass.INPUT);
            case CACHE_WRITE_5M -> rates.containsKey(UsageClass.CACHE_READ) ? Optional.empty() : rate(UsageClass.INPUT);
            case CACHE_READ_AUDIO -> rate(UsageClass.INPUT_AUDIO);
            case CACHE_READ_IMAGE ->
                rates.containsKey(UsageClass.INPUT_IMAGE) ? rate(UsageClass.INPUT_IMAGE) : rate(UsageClass.CACHE_READ);
            case INPUT,
                    CACHE_WRITE_1H,
                    INPUT_AUDIO,
                    OUTPUT,
                    OUTPUT_AUDIO,
                    OUTPUT_IMAGE,
                    OUTPUT_VIDEO,
                    WEB_SEARCHES,
                    PREVIEW_SEARCHES,
                    TOOL_CALLS,
                    SECONDS,
                    CHARACTERS,
                    IMAGES,
                    REQUESTS,
                    VALUE_MICROS -> Optional.empty();
        };
    }

    /** The same rates, by class name in dollars per million, for people. */
    public Map<UsageClass, String> usdPerMillion() {
        Map<UsageClass, String> shown = new EnumMap<>(UsageClass.class);
        rates.forEach((usageClass, rate) -> shown.put(usageClass, rate.base().usdPerMillion()));
        return shown;
    }

    private Rate dearest(long inputTokens, Predicate<UsageClass> among) {
        Rate dearest = dearest(rates, inputTokens, among);
        for (Map<UsageClass, TieredRate> tier : serviceTiers.values()) {
            dearest = dearest.orDearer(dearest(tier, inputTokens, among));
        }
        return dearest;
    }

    private static Rate dearest(Map<UsageClass, TieredRate> rates, long inputTokens, Predicate<UsageClass> among) {
        Rate dearest = Rate.ZERO;
        for (Map.Entry<UsageClass, TieredRate> entry : rates.entrySet()) {
            if (among.test(entry.getKey())) {
                dearest = dearest.orDearer(entry.getValue().dearestUpTo(inputTokens));
            }
        }
        return dearest;
    }

    private static BigInteger times(long units, Rate rate) {
        return BigInteger.valueOf(units).multiply(rate.picosPerMillion());
    }

    private static Money round(BigInteger picoMillions, RoundingMode mode) {
        return Money.ofNanos(new BigDecimal(picoMillions, PICO_PER_MILLION_DIGITS)
                .setScale(0, mode)
                .longValueExact());
    }
}
