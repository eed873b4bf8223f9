package io.rateguard.alerts.correction;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.alerts.correction.Rating.Costs;
import io.rateguard.alerts.correction.Rating.Estimated;
import io.rateguard.alerts.correction.Rating.Rated;
import io.rateguard.alerts.correction.Rating.Unpriced;
import io.rateguard.alerts.correction.Rating.Unused;
import io.rateguard.domain.event.RequestEvent.Metering;
import io.rateguard.domain.price.CallPrice;
import io.rateguard.domain.price.JsonPointer;
import io.rateguard.domain.price.OwnPrice;
import io.rateguard.domain.price.PriceOverrides;
import io.rateguard.domain.price.PriceRow;
import io.rateguard.domain.price.WorkspacePrices;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls that no model decides the cost of, rated anew. */
class CallRatingTest {

    private static final String OF_AMOUNT = "override/of-amount";
    private static final String OF_TOTAL = "override/of-total";
    private static final Usage OF_1999 = CallPrice.ONE.with(UsageClass.VALUE_MICROS, 1_999_000_000);
    private static final String FEE = "{\"perCall\":\"0.05\"}";
    private static final String SHARE =
            "{\"perCall\":\"0.3\",\"perValue\":{\"pointer\":\"/amount\",\"rate\":\"0.00029\"},\"max\":\"500\"}";

    @ParameterizedTest
    @EnumSource
    void aFeeIsOwedWhateverTheCallWasPricedByBefore(UsageSource source) {
        Rating rating = rating("{\"path\":\"/v1/charges\"}", FEE);

        assertThat(rate(rating, "/v1/charges", 200, CallPrice.ONE, source, OF_AMOUNT))
                .isEqualTo(new Costs(50_000_000, version(0)));
    }

    @ParameterizedTest
    @CsvSource({"/v1/charges", "//V1/%63harges/", "/v1/charges;a=b"})
    void comparesThePathAsAProxyDoes(String path) {
        Rating rating = rating("{\"path\":\"/v1/charges\"}", FEE);

        assertThat(rate(rating, path, 200, Usage.NONE, UsageSource.NONE, null))
                .isEqualTo(new Costs(50_000_000, version(0)));
    }

    @Test
    void theRecordedStatusChoosesThePrice() {
        Rating rating = rating(
                "{\"path\":\"/v1/charges\",\"status\":\"2xx\"}",
                FEE,
                "{\"path\":\"/v1/**\",\"status\":\"402\"}",
                "{\"perCall\":\"0.01\"}");

        assertThat(rate(rating, "/v1/charges", 201, CallPrice.ONE, UsageSource.COUNTED, null))
                .isEqualTo(new Costs(50_000_000, version(0)));
        assertThat(rate(rating, "/v1/charges", 402, CallPrice.ONE, UsageSource.COUNTED, null))
                .isEqualTo(new Costs(10_000_000, version(1)));
        assertThat(rate(rating, "/v1/charges", 500, CallPrice.ONE, UsageSource.COUNTED, null))
                .isEqualTo(new Costs(0, null));
    }

    @ParameterizedTest
    @EnumSource(names = {"PROVIDER", "PARTIAL"})
    void aShareIsTakenOfTheNumberThatWasRead(UsageSource source) {
        Rating rating = rating("{\"path\":\"/v1/charges\"}", SHARE);

        assertThat(rate(rating, "/v1/charges", 200, OF_1999, source, OF_AMOUNT))
                .isEqualTo(new Costs(300_000_000 + 579_710_000, version(0)));
    }

    @Test
    void aShareOfANumberThatWasNotReadIsNotGuessed() {
        Rating rating = rating("{\"path\":\"/v1/charges\"}", SHARE);

        assertThat(rate(rating, "/v1/charges", 200, OF_1999, UsageSource.PROVIDER, OF_TOTAL))
                .isEqualTo(new Estimated());
        assertThat(rate(rating, "/v1/charges", 200, CallPrice.ONE, UsageSource.COUNTED, null))
                .isEqualTo(new Estimated());
        assertThat(rate(rating, "/v1/charges", 200, CallPrice.ONE, UsageSource.ESTIMATED, OF_AMOUNT))
                .isEqualTo(new Estimated());
        assertThat(rate(rating, "/v1/charges", 200, Usage.NONE, UsageSource.NONE, null))
                .isEqualTo(new Estimated());
    }

    @Test
    void whatWasNotAnsweredIsLeftAsItIs() {
        Rating rating = rating("{\"path\":\"/v1/charges\"}", FEE);

        assertThat(rate(rating, "/v1/charges", 0, Usage.NONE, UsageSource.NONE, null))
                .isEqualTo(new Unused());
        assertThat(rate(rating, "/v1/charges", 0, CallPrice.ONE, UsageSource.ESTIMATED, null))
                .isEqualTo(new Estimated());
    }

    @Test
    void aCallWithoutAPriceIsFreeOnlyWhereItWas() {
        Rating rating = rating();
        Metering unpriced = new Metering(Usage.NONE, UsageSource.NONE, 0, null, true, null, 0, 0);

        assertThat(rate(rating, "/v1/charges", 200, Usage.NONE, UsageSource.NONE, null))
                .isEqualTo(new Unused());
        assertThat(rate(rating, "/v1/charges", 200, CallPrice.ONE, UsageSource.COUNTED, OF_AMOUNT))
                .isEqualTo(new Unpriced());
        assertThat(rating.rate(Requests.ofCall("/v1/charges", 200, unpriced))).isEqualTo(new Unpriced());
    }

    @Test
    void aPathOfWhichOnlyTheBeginningIsRecordedIsNotCompared() {
        Rating rating = rating("{\"path\":\"/v1/**\"}", FEE);
        String path = "/v1/" + "x".repeat(508);

        assertThat(rate(rating, path, 200, CallPrice.ONE, UsageSource.COUNTED, null))
                .isEqualTo(new Unpriced());
        assertThat(rate(rating, path.substring(1), 200, CallPrice.ONE, UsageSource.COUNTED, null))
                .isEqualTo(new Costs(50_000_000, version(0)));
    }

    private static Rated rate(
            Rating rating, String path, int status, Usage usage, UsageSource source, String priceVersion) {
        Metering metering = new Metering(usage, source, 7, priceVersion, false, null, 0, 0);
        return rating.rate(Requests.ofCall(path, status, metering));
    }

    /** @param prices call and charge of each, in turn */
    private static Rating rating(String... prices) {
        List<OwnPrice> own = IntStream.range(0, prices.length / 2)
                .mapToObj(
                        n -> new PriceRow(id(n), "stripe", "", "{}", "{}", 0, prices[2 * n], prices[2 * n + 1]).price())
                .toList();
        return new Rating(
                new WorkspacePrices(new PriceOverrides(own), (providers, model, at) -> Optional.empty()),
                Map.of(),
                Map.of(OF_AMOUNT, new JsonPointer("/amount"), OF_TOTAL, new JsonPointer("/total")));
    }

    private static String version(int number) {
        return OwnPrice.VERSION + id(number);
    }

    private static UUID id(int number) {
        return new UUID(9, number);
    }
}
