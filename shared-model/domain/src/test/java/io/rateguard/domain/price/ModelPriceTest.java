package io.rateguard.domain.price;

import static io.rateguard.domain.usage.UsageClass.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ModelPriceTest {

    @Test
    void agreesWithDecimalArithmetic() {
        for (long seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Map<UsageClass, TieredRate> rates = anyRates(random, UsageClass.values());
            Usage usage = anyUsage(random, rates, 3_000_000);

            Optional<Money> cost = price(rates).cost(usage);

            BigDecimal nanos = BigDecimal.ZERO;
            for (Map.Entry<UsageClass, Long> used : usage.counts().entrySet()) {
                Rate rate = rates.get(used.getKey()).at(usage.inputTokens());
                nanos = nanos.add(new BigDecimal(rate.usdPerMillion())
                        .multiply(BigDecimal.valueOf(used.getValue()))
                        .multiply(BigDecimal.valueOf(1_000)));
            }
            assertThat(cost.orElseThrow().nanos())
                    .as("seed %d", seed)
                    .isEqualTo(nanos.setScale(0, RoundingMode.HALF_EVEN).longValueExact());
        }
    }

    @Test
    void neverCostsMoreThanItsCeiling() {
        for (long seed = 0; seed < 50_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long mostInput = random.nextLong(400_000);
            long mostOutput = random.nextLong(100_000);
            ModelPrice price = new ModelPrice(
                    "v",
                    anyRates(random, UsageClass.values()),
                    Map.of(ServiceTier.PRIORITY, anyRates(random, UsageClass.values())),
                    OptionalLong.empty());
            Usage usage = usageWithin(random, mostInput, mostOutput);

            for (String tier : List.of("default", "priority")) {
                price.served(tier)
                        .cost(usage)
                        .ifPresent(cost -> assertThat(cost.nanos())
                                .isLessThanOrEqualTo(
                                        price.ceiling(mostInput, mostOutput).nanos()));
            }
        }
    }

    @Test
    void boundsWhatTheShippedPricesCanCost() {
        ShippedCatalogue catalogue = ShippedCatalogue.load();
        SplittableRandom random = new SplittableRandom(3);
        for (String model : List.of("gpt-4o", "gpt-5.4", "gpt-realtime", "claude-sonnet-4-5", "claude-haiku-4-5")) {
            ModelPrice price = catalogue
                    .find(List.of("openai", "anthropic"), model, java.time.Instant.parse("2026-11-01T00:00:00Z"))
                    .orElseThrow();
            for (int i = 0; i < 2_000; i++) {
                long mostInput = random.nextLong(400_000);
                long mostOutput = random.nextLong(64_000);
                price.cost(usageWithin(random, mostInput, mostOutput))
                        .ifPresent(cost -> assertThat(cost).isLessThanOrEqualTo(price.ceiling(mostInput, mostOutput)));
            }
        }
    }

    @Test
    void roundsOnceAndHalfToEven() {
        ModelPrice halves = price(Map.of(INPUT, flat("0.0005"), OUTPUT, flat("0.0005")));

        assertThat(halves.cost(use(1, 0)).orElseThrow().nanos()).isZero();
        assertThat(halves.cost(use(3, 0)).orElseThrow().nanos()).isEqualTo(2);
        assertThat(halves.cost(use(1, 1)).orElseThrow().nanos()).isEqualTo(1);
        assertThat(halves.ceiling(1, 0).nanos()).isEqualTo(1);
    }

    @Test
    void takesTheTierForTheWholeRequestOnceItsStartIsPassed() {
        TieredRate input = new TieredRate(
                rate("1"), List.of(new TieredRate.Tier(100, rate("2")), new TieredRate.Tier(200, rate("3"))));
        ModelPrice price = price(Map.of(INPUT, input, CACHE_READ, flat("0")));

        assertThat(price.cost(use(100, 0)).orElseThrow().nanos()).isEqualTo(100_000);
        assertThat(price.cost(use(101, 0)).orElseThrow().nanos()).isEqualTo(202_000);
        assertThat(price.cost(use(201, 0)).orElseThrow().nanos()).isEqualTo(603_000);
        assertThat(price.cost(Usage.of(Map.of(INPUT, 100L, CACHE_READ, 1L)))
                        .orElseThrow()
                        .nanos())
                .isEqualTo(200_000);
    }

    @Test
    void hasNoCostWhenAClassThatWasUsedHasNoRate() {
        ModelPrice price = price(Map.of(INPUT, flat("1")));

        assertThat(price.cost(use(1, 1))).isEmpty();
        assertThat(price.cost(Usage.of(Map.of(WEB_SEARCHES, 1L)))).isEmpty();
        assertThat(price.cost(Usage.of(Map.of(CACHE_WRITE_1H, 1L)))).isEmpty();
        assertThat(price.cost(Usage.of(Map.of(INPUT, 1L, REQUESTS, 1L)))).hasValue(Money.ofNanos(1_000));
        assertThat(price.cost(Usage.NONE)).hasValue(Money.ZERO);
    }

    @Test
    void billsAClassWithoutARateOfItsOwnAsTheOneItIsPartOf() {
        ModelPrice price = price(Map.of(INPUT, flat("1"), OUTPUT, flat("10")));

        assertThat(price.cost(Usage.of(Map.of(REASONING, 5L)))).hasValue(Money.ofNanos(50_000));
        assertThat(price.cost(Usage.of(Map.of(CACHE_READ, 5L, CACHE_WRITE_5M, 5L))))
                .hasValue(Money.ofNanos(10_000));
    }

    @Test
    void doesNotGuessWhatAWriteCostsWhereTheCacheHasAPriceOfItsOwn() {
        ModelPrice price = price(Map.of(INPUT, flat("3"), CACHE_READ, flat("0.3"), OUTPUT, flat("15")));

        assertThat(price.cost(Usage.of(Map.of(INPUT, 5L, CACHE_WRITE_5M, 5L)))).isEmpty();
    }

    @Test
    void billsPicturesAsTextAndAMediumFromACacheAsTheMediumItself() {
        ModelPrice text = price(Map.of(INPUT, flat("1"), CACHE_READ, flat("0.5")));
        ModelPrice media = price(
                Map.of(INPUT, flat("1"), CACHE_READ, flat("0.5"), INPUT_AUDIO, flat("40"), INPUT_IMAGE, flat("10")));

        assertThat(text.rate(INPUT_IMAGE)).hasValue(flat("1"));
        assertThat(text.rate(INPUT_VIDEO)).hasValue(flat("1"));
        assertThat(text.rate(CACHE_READ_IMAGE)).hasValue(flat("0.5"));
        assertThat(media.rate(CACHE_READ_IMAGE)).hasValue(flat("10"));
        assertThat(media.rate(CACHE_READ_AUDIO)).hasValue(flat("40"));
    }

    @Test
    void hasNoRateForWhatOftenCostsMoreThanText() {
        ModelPrice price = price(Map.of(INPUT, flat("1"), OUTPUT, flat("10")));

        for (UsageClass dear : List.of(
                INPUT_AUDIO,
                CACHE_READ_AUDIO,
                CACHE_WRITE_1H,
                OUTPUT_AUDIO,
                OUTPUT_IMAGE,
                OUTPUT_VIDEO,
                WEB_SEARCHES,
                SECONDS,
                CHARACTERS,
                IMAGES)) {
            assertThat(price.rate(dear)).as(dear.wireName()).isEmpty();
        }
    }

    @Test
    void costsWhatTheServedTierCosts() {
        ModelPrice price = new ModelPrice(
                "v",
                Map.of(INPUT, flat("2"), CACHE_READ, flat("1"), OUTPUT, flat("8")),
                Map.of(
                        ServiceTier.FLEX, Map.of(INPUT, flat("1"), OUTPUT, flat("4")),
                        ServiceTier.PRIORITY, Map.of(INPUT, flat("3"), OUTPUT, flat("12"))),
                OptionalLong.of(5));
        Usage usage = Usage.of(Map.of(INPUT, 10L, CACHE_READ, 10L, OUTPUT, 10L));

        assertThat(price.served("flex").cost(usage)).hasValue(Money.ofNanos(10_000 + 10_000 + 40_000));
        assertThat(price.served("priority").cost(usage)).hasValue(Money.ofNanos(30_000 + 10_000 + 120_000));
        assertThat(price.served("ON_DEMAND_PRIORITY")).isEqualTo(price.served("priority"));
        for (String other : new String[] {null, "default", "standard", "batch", "performance", "", "ON_DEMAND"}) {
            assertThat(price.served(other).cost(usage)).as(other).hasValue(Money.ofNanos(20_000 + 10_000 + 80_000));
        }
        for (String known : new String[] {null, "", "auto", "default", "standard", "ON_DEMAND", "flex", "Priority"}) {
            assertThat(price.knows(known)).as(known).isTrue();
        }
        for (String unknown : new String[] {"batch", "scale", "performance"}) {
            assertThat(price.knows(unknown)).as(unknown).isFalse();
        }
        assertThat(price.served("flex").version()).isEqualTo("v");
        assertThat(price.served("flex").maxOutputTokens()).hasValue(5);
        assertThat(price.ceiling(10, 10)).isEqualTo(Money.ofNanos(30_000 + 120_000));
    }

    @Test
    void countsTheRequestWhereItHasARate() {
        ModelPrice perRequest = price(Map.of(INPUT, flat("1"), REQUESTS, flat("5000")));
        ModelPrice perToken = price(Map.of(INPUT, flat("1")));

        assertThat(perRequest.billed(use(3, 0))).isEqualTo(Usage.of(Map.of(INPUT, 3L, REQUESTS, 1L)));
        assertThat(perRequest.billed(Usage.of(Map.of(REQUESTS, 2L)))).isEqualTo(Usage.of(Map.of(REQUESTS, 2L)));
        assertThat(perToken.billed(use(3, 0))).isEqualTo(use(3, 0));
        assertThat(perRequest.ceiling(3, 0)).isEqualTo(Money.ofNanos(3_000 + 5_000_000));
    }

    @Test
    void keepsEveryPublishedRateWhole() {
        assertThat(Rate.ofUsdPerMillion(new BigDecimal("0.000000000001"))
                        .picosPerMillion()
                        .longValueExact())
                .isEqualTo(1);
        assertThat(rate("0.15").usdPerMillion()).isEqualTo("0.15");
        assertThat(rate("600").usdPerMillion()).isEqualTo("600");
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Rate.ofUsdPerMillion(new BigDecimal("0.0000000000001")));
        assertThatIllegalArgumentException().isThrownBy(() -> rate("-1"));
    }

    @Test
    void refusesTiersOutOfOrder() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TieredRate(
                        rate("1"), List.of(new TieredRate.Tier(200, rate("3")), new TieredRate.Tier(100, rate("2")))))
                .withMessage("tiers: 100 after 200 (expected: rising starts)");
    }

    private static ModelPrice price(Map<UsageClass, TieredRate> rates) {
        return new ModelPrice("v", rates, Map.of(), OptionalLong.empty());
    }

    private static TieredRate flat(String usd) {
        return TieredRate.flat(rate(usd));
    }

    private static Rate rate(String usd) {
        return Rate.ofUsdPerMillion(new BigDecimal(usd));
    }

    private static Usage use(long input, long output) {
        return Usage.builder().set(INPUT, input).set(OUTPUT, output).build();
    }

    private static Map<UsageClass, TieredRate> anyRates(SplittableRandom random, UsageClass[] classes) {
        Map<UsageClass, TieredRate> rates = new EnumMap<>(UsageClass.class);
        for (UsageClass usageClass : classes) {
            if (random.nextInt(3) > 0) {
                List<TieredRate.Tier> tiers = random.nextInt(3) > 0
                        ? List.of()
                        : List.of(
                                new TieredRate.Tier(100_000, anyRate(random)),
                                new TieredRate.Tier(200_000, anyRate(random)));
                rates.put(usageClass, new TieredRate(anyRate(random), tiers));
            }
        }
        return rates;
    }

    private static Rate anyRate(SplittableRandom random) {
        return new Rate(random.nextLong(1L << random.nextInt(1, 47)));
    }

    private static Usage anyUsage(SplittableRandom random, Map<UsageClass, TieredRate> rates, long most) {
        Usage.Builder usage = Usage.builder();
        rates.keySet()
                .forEach(usageClass -> usage.set(usageClass, random.nextLong(1L << random.nextInt(1, 22)) % most));
        return usage.build();
    }

    /** Splits no more than the given tokens at random among some classes, as one request. */
    private static Usage usageWithin(SplittableRandom random, long mostInput, long mostOutput) {
        Usage.Builder usage = Usage.builder().set(REQUESTS, 1);
        long input = mostInput;
        long output = mostOutput;
        for (UsageClass usageClass : UsageClass.values()) {
            if (random.nextInt(2) == 0) {
                continue;
            }
            switch (usageClass.kind()) {
                case INPUT_TOKENS -> {
                    long count = random.nextLong(input + 1);
                    input -= count;
                    usage.set(usageClass, count);
                }
                case OUTPUT_TOKENS -> {
                    long count = random.nextLong(output + 1);
                    output -= count;
                    usage.set(usageClass, count);
                }
                case PIECES -> {}
            }
        }
        return usage.build();
    }
}
