package io.rateguard.alerts.correction;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.alerts.correction.Rating.Costs;
import io.rateguard.alerts.correction.Rating.Estimated;
import io.rateguard.alerts.correction.Rating.Unpriced;
import io.rateguard.alerts.correction.Rating.Unused;
import io.rateguard.domain.api.Profile;
import io.rateguard.domain.event.RequestEvent;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RatingTest {

    private static final UUID PRICE = new UUID(0, 5);
    private static final Usage USED =
            Usage.of(Map.of(UsageClass.INPUT, 1_000L, UsageClass.CACHE_READ, 10L, UsageClass.OUTPUT, 100L));

    private final Rating rating = rating("{\"input\":\"2\",\"output\":\"8\",\"requests\":\"5000\"}");

    @ParameterizedTest
    @EnumSource(names = {"PROVIDER", "PARTIAL"})
    void costsWhatTheUseThatWasReportedComesToAtThePriceOfNow(UsageSource source) {
        assertThat(rating.rate(request("gpt-4o", USED, source)))
                .isEqualTo(new Costs(1_010 * 2_000 + 100 * 8_000 + 5_000_000, "override/" + PRICE));
    }

    @Test
    void aRequestThatIsCountedAlreadyIsChargedOnce() {
        Usage withRequest = USED.with(UsageClass.REQUESTS, 1);

        assertThat(rating.rate(request("gpt-4o", withRequest, UsageSource.PROVIDER)))
                .isEqualTo(rating.rate(request("gpt-4o", USED, UsageSource.PROVIDER)));
    }

    @ParameterizedTest
    @EnumSource(names = {"COUNTED", "ESTIMATED"})
    void guessesNothingWhereTheProviderHasNotReported(UsageSource source) {
        assertThat(rating.rate(request("gpt-4o", USED, source))).isEqualTo(new Estimated());
    }

    @Test
    void whatUsedNothingIsLeftAsItIs() {
        assertThat(rating.rate(request("gpt-4o", Usage.NONE, UsageSource.NONE))).isEqualTo(new Unused());
    }

    @Test
    void aModelOrAClassWithoutAPriceIsNotFree() {
        assertThat(rating.rate(request("another", USED, UsageSource.PROVIDER))).isEqualTo(new Unpriced());
        assertThat(rating.rate(request(null, USED, UsageSource.PROVIDER))).isEqualTo(new Unpriced());
        assertThat(rating.rate(request("gpt-4o", USED.with(UsageClass.WEB_SEARCHES, 1), UsageSource.PROVIDER)))
                .isEqualTo(new Unpriced());
    }

    @Test
    void aDeploymentIsPricedByTheModelThatServedIt() {
        Rating azure = rating(Profile.AZURE_OPENAI, "{\"input\":\"2\",\"output\":\"8\"}");
        RequestEvent request = request("mine", USED, UsageSource.PROVIDER);

        assertThat(azure.rate(request)).isEqualTo(new Unpriced());
        assertThat(azure.rate(Requests.servedBy("gpt-4o", request)))
                .isEqualTo(new Costs(1_010 * 2_000 + 100 * 8_000, "override/" + PRICE));
        assertThat(rating.rate(Requests.servedBy("gpt-4o", request))).isEqualTo(new Unpriced());
    }

    @Test
    void moreThanAnySumOfMoneyIsNoCost() {
        Usage absurd = Usage.of(Map.of(UsageClass.INPUT, Long.MAX_VALUE / 4));

        assertThat(rating.rate(request("gpt-4o", absurd, UsageSource.PROVIDER))).isEqualTo(new Unpriced());
    }

    private static Rating rating(String rates) {
        return rating(Profile.OPENAI, rates);
    }

    private static Rating rating(Profile profile, String rates) {
        OwnPrice own = new PriceRow(PRICE, "", "gpt-4o", rates, "{}", 0, null, null).price();
        return new Rating(
                new WorkspacePrices(new PriceOverrides(List.of(own)), (providers, model, at) -> Optional.empty()),
                Map.of(Requests.API, profile),
                Map.of());
    }

    private static RequestEvent request(String model, Usage usage, UsageSource source) {
        return Requests.of(model, usage, source, 0, List.of());
    }
}
