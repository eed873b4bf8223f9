package io.rateguard.proxy.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.api.Profile;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.price.CeilingPrice;
import io.rateguard.domain.price.ModelPrice;
import io.rateguard.domain.price.Rate;
import io.rateguard.domain.price.ShippedCatalogue;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import io.rateguard.proxy.dialect.Reading;
import io.rateguard.proxy.stage.Estimate;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is unknown is never charged as zero. */
class BillTest {

    private static final ModelPrice PRICE = ShippedCatalogue.load()
            .find(Profile.DEMO.priceProviders(), "demo-small", Instant.now())
            .orElseThrow();
    private static final Usage LIKELY = usage(100, 50);
    private static final Money LIKELY_COST = Money.ofNanos(45_000);
    private static final Estimate ESTIMATE =
            new Estimate(true, PRICE, false, LIKELY, LIKELY_COST, Money.ofNanos(70_000), false);
    private static final Estimate BOUNDED = estimate(PRICE);

    @Test
    void aReportIsChargedAsItStands() {
        for (UsageSource source : new UsageSource[] {UsageSource.PROVIDER, UsageSource.PARTIAL}) {
            Bill bill = Bill.of(ESTIMATE, reading(usage(20, 10), source));

            assertThat(bill.cost().nanos()).isEqualTo(9_000);
            assertThat(bill.source()).isEqualTo(source);
        }
    }

    @Test
    void theTierThatWasServedIsCharged() {
        Estimate estimate = estimate(price("openai", "gpt-4o"));

        assertThat(Bill.of(estimate, reading("default")).cost()).isEqualTo(Money.ofNanos(20 * 2_500 + 10 * 10_000));
        assertThat(Bill.of(estimate, reading("priority")).cost()).isEqualTo(Money.ofNanos(20 * 4_250 + 10 * 17_000));
        assertThat(Bill.of(estimate, reading("priority")).unpriced()).isFalse();
    }

    @Test
    void aTierWithoutRatesIsChargedAsTheDefaultOneAndToldToBeUnpriced() {
        Bill bill = Bill.of(estimate(price("openai", "gpt-4o")), reading("unheard-of"));

        assertThat(bill.cost()).isEqualTo(Money.ofNanos(20 * 2_500 + 10 * 10_000));
        assertThat(bill.unpriced()).isTrue();
    }

    @Test
    void aCeilingIsChargedForEveryKindOfTokenAndLeavesTheRequestUnpriced() {
        ModelPrice ceiling = new CeilingPrice(rate("30"), rate("150")).price(OptionalLong.empty());
        Usage used = usage(20, 10)
                .with(UsageClass.CACHE_WRITE_1H, 1)
                .with(UsageClass.INPUT_AUDIO, 1)
                .with(UsageClass.REASONING, 1)
                .with(UsageClass.OUTPUT_AUDIO, 1);

        Bill bill = Bill.of(estimate(ceiling), reading(used, UsageSource.PROVIDER));

        assertThat(bill.cost()).isEqualTo(Money.ofNanos(22 * 30_000 + 12 * 150_000));
        assertThat(bill.unpriced()).isTrue();
        assertThat(bill.priceVersion()).isEqualTo("ceiling/30/150");
    }

    @Test
    void aFeeForTheRequestIsChargedAndRecorded() {
        Bill bill = Bill.of(estimate(price("perplexity", "sonar")), reading(null));

        assertThat(bill.usage().count(UsageClass.REQUESTS)).isEqualTo(1);
        assertThat(bill.cost()).isEqualTo(Money.ofNanos(20 * 1_000 + 10 * 1_000 + 12_000_000));
    }

    @Test
    void countedOutputIsChargedWithTheEstimatedInput() {
        Bill bill = Bill.of(ESTIMATE, reading(usage(0, 10), UsageSource.COUNTED));

        assertThat(bill.usage().count(UsageClass.INPUT)).isEqualTo(100);
        assertThat(bill.cost().nanos()).isEqualTo(15_000 + 6_000);
    }

    @Test
    void whatWasNotReportedIsChargedByEstimate() {
        for (Bill bill : new Bill[] {Bill.of(ESTIMATE, Reading.NOTHING), Bill.byEstimate(ESTIMATE)}) {
            assertThat(bill.cost()).isEqualTo(LIKELY_COST);
            assertThat(bill.source()).isEqualTo(UsageSource.ESTIMATED);
        }
    }

    @Test
    void whatWasNotReportedOfABoundedRequestIsChargedByItsHold() {
        for (Bill bill : new Bill[] {
            Bill.of(BOUNDED, Reading.NOTHING),
            Bill.of(BOUNDED, reading(usage(20, 10), UsageSource.ESTIMATED)),
            Bill.of(BOUNDED, reading(usage(Long.MAX_VALUE, 1), UsageSource.PROVIDER)),
            Bill.byEstimate(BOUNDED)
        }) {
            assertThat(bill.cost()).isEqualTo(BOUNDED.hold());
            assertThat(bill.usage()).isEqualTo(LIKELY);
        }
        Bill counted = Bill.of(BOUNDED, reading(usage(0, 10), UsageSource.COUNTED));
        assertThat(counted.cost()).isEqualTo(BOUNDED.hold());
        assertThat(counted.usage()).isEqualTo(usage(100, 10));
        assertThat(counted.source()).isEqualTo(UsageSource.COUNTED);
        assertThat(Bill.of(BOUNDED, reading(usage(20, 10), UsageSource.PROVIDER))
                        .cost())
                .isEqualTo(Money.ofNanos(9_000));
    }

    @Test
    void aClassWithoutARateIsChargedByTheHold() {
        Usage searches = Usage.builder().set(UsageClass.SECONDS, 3).build();

        Bill bill = Bill.of(ESTIMATE, reading(searches, UsageSource.PROVIDER));

        assertThat(bill.cost()).isEqualTo(ESTIMATE.hold());
        assertThat(bill.unpriced()).isTrue();
    }

    @Test
    void whatIsKnownOfAUseWithoutARateIsChargedWhereItIsMoreThanTheHold() {
        Usage much = usage(1_000, 500).with(UsageClass.TOOL_CALLS, 2);

        Bill bill = Bill.of(ESTIMATE, reading(much, UsageSource.PROVIDER));

        assertThat(bill.cost()).isEqualTo(Money.ofNanos(450_000));
        assertThat(bill.usage()).isEqualTo(much);
        assertThat(bill.unpriced()).isTrue();
    }

    @Test
    void theModelThatServedDecidesWhereTheNameAskedForMayMeanAny() {
        Estimate nameless = new Estimate(true, null, true, LIKELY, Money.ZERO, Money.ZERO, false)
                .pricedOnceServed(model -> model.equals("small") ? Optional.of(PRICE) : Optional.empty());

        Bill priced = Bill.of(nameless, new Reading(usage(20, 10), UsageSource.PROVIDER, "small", null, true));
        Bill unreported = Bill.of(nameless, new Reading(Usage.NONE, UsageSource.NONE, "small", null, true));
        Bill unknown = Bill.of(nameless, new Reading(usage(20, 10), UsageSource.PROVIDER, "other", null, true));

        assertThat(priced.cost()).isEqualTo(Money.ofNanos(9_000));
        assertThat(priced.priceVersion()).isEqualTo(PRICE.version());
        assertThat(priced.unpriced()).isFalse();
        assertThat(unreported.cost()).isEqualTo(LIKELY_COST);
        assertThat(unknown.unpriced()).isTrue();
    }

    @Test
    void aReportBeyondAllMeasureIsChargedByEstimate() {
        for (long tokens : new long[] {Long.MAX_VALUE, Money.MAX_COUNTED_NANOS + 1, Money.MAX_COUNTED_NANOS}) {
            Bill bill = Bill.of(ESTIMATE, reading(usage(tokens, tokens), UsageSource.PROVIDER));

            assertThat(bill.cost()).isEqualTo(LIKELY_COST);
            assertThat(bill.usage()).isEqualTo(LIKELY);
        }
    }

    @Test
    void whatTheProviderDoesNotBillCostsNothing() {
        assertThat(Bill.nothing(ESTIMATE).cost()).isEqualTo(Money.ZERO);
        assertThat(Bill.byEstimate(Estimate.FREE).cost()).isEqualTo(Money.ZERO);
        assertThat(Bill.of(Estimate.UNPRICED, Reading.NOTHING).unpriced()).isTrue();
    }

    private static Rate rate(String usdPerMillion) {
        return Rate.ofUsdPerMillion(new BigDecimal(usdPerMillion));
    }

    private static ModelPrice price(String provider, String model) {
        return ShippedCatalogue.load()
                .find(List.of(provider), model, Instant.now())
                .orElseThrow();
    }

    private static Estimate estimate(ModelPrice price) {
        return new Estimate(true, price, false, LIKELY, LIKELY_COST, Money.ofNanos(70_000), true);
    }

    private static Reading reading(@Nullable String serviceTier) {
        return new Reading(usage(20, 10), UsageSource.PROVIDER, null, serviceTier, true);
    }

    private static Reading reading(Usage usage, UsageSource source) {
        return new Reading(usage, source, null, null, true);
    }

    private static Usage usage(long input, long output) {
        return Usage.builder()
                .set(UsageClass.INPUT, input)
                .set(UsageClass.OUTPUT, output)
                .build();
    }
}
