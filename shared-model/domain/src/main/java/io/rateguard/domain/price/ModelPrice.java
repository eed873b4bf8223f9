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

/**
 * What one model costs: a rate for each usage class that has one.
 *
 * @param version names the price that was applied, for ever: catalogue, provider, model, and from when it holds
 * @param maxOutputTokens the most the model answers, where that is known
 */
public record ModelPrice(String version, Map<UsageClass, TieredRate> rates, OptionalLong maxOutputTokens) {

    private static final int PICO_PER_MILLION_DIGITS = 9;

    public ModelPrice {
        rates = Map.copyOf(rates);
    }

    /** The cost of this use, rounded once, half-even; nothing when a class that was used has no rate. */
    public Optional<Money> cost(Usage usage) {
        BigInteger picoMillions = BigInteger.ZERO;
        long inputTokens = usage.inputTokens();
        for (Map.Entry<UsageClass, Long> used : usage.counts().entrySet()) {
            Optional<TieredRate> rate = rate(used.getKey());
            if (rate.isEmpty()) {
                if (used.getKey() == UsageClass.REQUESTS) {
                    continue;
                }
                return Optional.empty();
            }
            picoMillions = picoMillions.add(times(used.getValue(), rate.get().at(inputTokens)));
        }
        return Optional.of(round(picoMillions, RoundingMode.HALF_EVEN));
    }

    /**
     * The most that a request can cost whose input is at most {@code inputTokens} and whose output is at most
     * {@code outputTokens}: every token at the dearest class and tier it can reach, rounded up.
     */
    public Money ceiling(long inputTokens, long outputTokens) {
        Rate input = dearest(UsageClass.Kind.INPUT_TOKENS, inputTokens);
        Rate output = dearest(UsageClass.Kind.OUTPUT_TOKENS, inputTokens);
        BigInteger picoMillions = times(inputTokens, input).add(times(outputTokens, output));
        TieredRate perRequest = rates.get(UsageClass.REQUESTS);
        if (perRequest != null) {
            picoMillions = picoMillions.add(times(1, perRequest.dearestUpTo(inputTokens)));
        }
        return round(picoMillions, RoundingMode.CEILING);
    }

    /** The rate of a class; one that providers bill as another class where they publish none of its own. */
    public Optional<TieredRate> rate(UsageClass usageClass) {
        TieredRate own = rates.get(usageClass);
        if (own != null) {
            return Optional.of(own);
        }
        return switch (usageClass) {
            case REASONING, CITATION -> rate(UsageClass.OUTPUT);
            case CACHE_READ, CACHE_WRITE_5M, INPUT_IMAGE, INPUT_VIDEO -> rate(UsageClass.INPUT);
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
                    SECONDS,
                    CHARACTERS,
                    IMAGES,
                    REQUESTS -> Optional.empty();
        };
    }

    /** The same rates, by class name in dollars per million, for people. */
    public Map<UsageClass, String> usdPerMillion() {
        Map<UsageClass, String> shown = new EnumMap<>(UsageClass.class);
        rates.forEach((usageClass, rate) -> shown.put(usageClass, rate.base().usdPerMillion()));
        return shown;
    }

    private Rate dearest(UsageClass.Kind kind, long inputTokens) {
        long picos = 0;
        for (Map.Entry<UsageClass, TieredRate> entry : rates.entrySet()) {
            if (entry.getKey().kind() == kind) {
                picos = Math.max(
                        picos, entry.getValue().dearestUpTo(inputTokens).picosPerMillion());
            }
        }
        return new Rate(picos);
    }

    private static BigInteger times(long units, Rate rate) {
        return BigInteger.valueOf(units).multiply(BigInteger.valueOf(rate.picosPerMillion()));
    }

    private static Money round(BigInteger picoMillions, RoundingMode mode) {
        return Money.ofNanos(new BigDecimal(picoMillions, PICO_PER_MILLION_DIGITS)
                .setScale(0, mode)
                .longValueExact());
    }
}
