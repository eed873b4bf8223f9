package io.rateguard.domain.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.price.CataloguedModel.DatedPrice;
import io.rateguard.domain.usage.UsageClass;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SupplementTest {

    private static final Map<UsageClass, TieredRate> TEXT =
            Map.of(UsageClass.INPUT, flat("2"), UsageClass.OUTPUT, flat("8"));

    private final LeftOut leftOut = new LeftOut();

    @Test
    void addsWhatWouldHaveNoPrice() {
        CataloguedModel model = supplement(
                price(null, TEXT),
                second("m", with(TEXT, UsageClass.INPUT_AUDIO, "40", UsageClass.CACHE_READ, "1"), Map.of()));

        assertThat(model.prices().getFirst().rates()).isEqualTo(with(TEXT, UsageClass.INPUT_AUDIO, "40"));
    }

    @Test
    void addsAMediumAndTheMediumFromACacheTogether() {
        CataloguedModel model = supplement(
                price(null, TEXT),
                second("m", with(TEXT, UsageClass.INPUT_AUDIO, "40", UsageClass.CACHE_READ_AUDIO, "2.5"), Map.of()));

        assertThat(model.prices().getFirst().rates())
                .isEqualTo(with(TEXT, UsageClass.INPUT_AUDIO, "40", UsageClass.CACHE_READ_AUDIO, "2.5"));
    }

    @Test
    void doubtsAMediumThatCostsLessThanText() {
        CataloguedModel model =
                supplement(price(null, TEXT), second("m", with(TEXT, UsageClass.INPUT_AUDIO, "1"), Map.of()));

        assertThat(model.prices().getFirst().rates()).isEqualTo(TEXT);
        assertThat(leftOut.lines())
                .containsExactly("input that costs less than text in the second source: 1 (p/m input_audio)");
    }

    @Test
    void takesNothingFromAnotherPriceThanItsOwn() {
        Map<UsageClass, TieredRate> newer = Map.of(UsageClass.INPUT, flat("1"), UsageClass.OUTPUT, flat("4"));
        CataloguedModel second = second("m", TEXT, Map.of(ServiceTier.FLEX, newer));

        CataloguedModel model =
                supplement(List.of(price(null, TEXT), price(LocalDate.of(2026, 1, 1), newer)), List.of(second));

        assertThat(model.prices().getFirst().serviceTiers()).containsOnlyKeys(ServiceTier.FLEX);
        assertThat(model.prices().getLast().serviceTiers()).isEmpty();
        supplement(price(null, newer), second);
        assertThat(leftOut.lines()).containsExactly("another price in the second source: 1 (p/m (m))");
    }

    @Test
    void neverGuessesThatATierStaysCheapInALongContext() {
        TieredRate rising = new TieredRate(rate("2"), List.of(new TieredRate.Tier(100, rate("4"))));
        Map<UsageClass, TieredRate> rates = Map.of(UsageClass.INPUT, rising);

        CataloguedModel model = supplement(
                price(null, rates),
                second(
                        "m",
                        rates,
                        Map.of(
                                ServiceTier.FLEX,
                                Map.of(UsageClass.INPUT, flat("1")),
                                ServiceTier.PRIORITY,
                                Map.of(UsageClass.INPUT, flat("5")),
                                ServiceTier.BATCH,
                                Map.of(
                                        UsageClass.INPUT,
                                        new TieredRate(rate("1"), List.of(new TieredRate.Tier(100, rate("3"))))))));

        assertThat(model.prices().getFirst().serviceTiers())
                .isEqualTo(Map.of(
                        ServiceTier.FLEX, Map.of(UsageClass.INPUT, step("1", "4")),
                        ServiceTier.PRIORITY, Map.of(UsageClass.INPUT, step("5", "5")),
                        ServiceTier.BATCH, Map.of(UsageClass.INPUT, step("1", "3"))));
    }

    @Test
    void takesTheRatesOfLongContextsOfRatesThatAreTheSameForShortOnes() {
        Map<UsageClass, TieredRate> first = with(TEXT, UsageClass.CACHE_READ, "1");
        Map<UsageClass, TieredRate> rising = Map.of(
                UsageClass.INPUT, step("2", "4"),
                UsageClass.OUTPUT, step("8", "6"),
                UsageClass.CACHE_READ, step("0.5", "3"));

        CataloguedModel model = supplement(
                price(null, first), second("m", rising, Map.of(ServiceTier.FLEX, Map.of(UsageClass.INPUT, flat("1")))));

        assertThat(model.prices().getFirst().rates())
                .isEqualTo(Map.of(
                        UsageClass.INPUT, step("2", "4"),
                        UsageClass.OUTPUT, step("8", "8"),
                        UsageClass.CACHE_READ, flat("1")));
        assertThat(model.prices().getFirst().serviceTiers().get(ServiceTier.FLEX))
                .isEqualTo(Map.of(UsageClass.INPUT, step("1", "4")));
        assertThat(leftOut.lines())
                .containsExactly("long contexts that cost another sum in the second source: 1 (p/m cache_read (m))");
    }

    @Test
    void doubtsATierThatIsServedLaterAndCostsMore() {
        CataloguedModel model = supplement(
                price(null, TEXT),
                second(
                        "m",
                        TEXT,
                        Map.of(
                                ServiceTier.FLEX, Map.of(UsageClass.INPUT, step("1", "3")),
                                ServiceTier.BATCH, Map.of(UsageClass.CACHE_READ, flat("2")),
                                ServiceTier.PRIORITY, Map.of(UsageClass.INPUT, flat("3")))));

        assertThat(model.prices().getFirst().serviceTiers()).containsOnlyKeys(ServiceTier.BATCH, ServiceTier.PRIORITY);
        assertThat(leftOut.lines())
                .containsExactly("flex or batch that costs more than the default tier: 1 (p/m flex (m))");
    }

    @Test
    void takesTheFirstOfTwoNamesThatDisagree() {
        CataloguedModel one = second("m", TEXT, Map.of(ServiceTier.PRIORITY, TEXT));
        CataloguedModel other = second(
                "m-2026",
                TEXT,
                Map.of(ServiceTier.PRIORITY, Map.of(UsageClass.INPUT, flat("3"), UsageClass.OUTPUT, flat("9"))));

        CataloguedModel model = supplement(List.of(price(null, TEXT)), List.of(one, other));

        assertThat(model.prices().getFirst().serviceTiers()).isEqualTo(Map.of(ServiceTier.PRIORITY, TEXT));
        assertThat(leftOut.lines())
                .containsExactly("service tier that costs another sum under another name: 1 (p/m priority (m-2026))");
    }

    @Test
    void knowsTheLargestMaximumOfTheNames() {
        CataloguedModel model = new Supplement(
                        "p/m",
                        new CataloguedModel("m", new NameRule.Equals("m"), OptionalLong.of(5), List.of()),
                        List.of(maximum(7), maximum(9), maximum(8)),
                        leftOut)
                .supplemented();

        assertThat(model.maxOutputTokens()).hasValue(9);
        assertThat(supplement(List.of(), List.of()).maxOutputTokens()).hasValue(5);
    }

    private CataloguedModel supplement(DatedPrice price, CataloguedModel second) {
        return supplement(List.of(price), List.of(second));
    }

    private CataloguedModel supplement(List<DatedPrice> prices, List<CataloguedModel> second) {
        CataloguedModel model = new CataloguedModel("m", new NameRule.Equals("m"), OptionalLong.of(5), prices);
        return new Supplement("p/m", model, second, leftOut).supplemented();
    }

    private static CataloguedModel maximum(long tokens) {
        return new CataloguedModel("m", new NameRule.Equals("m"), OptionalLong.of(tokens), List.of());
    }

    private static CataloguedModel second(
            String id, Map<UsageClass, TieredRate> rates, Map<ServiceTier, Map<UsageClass, TieredRate>> tiers) {
        return new CataloguedModel(
                id, new NameRule.Equals(id), OptionalLong.empty(), List.of(new DatedPrice(null, null, rates, tiers)));
    }

    private static DatedPrice price(@Nullable LocalDate from, Map<UsageClass, TieredRate> rates) {
        return new DatedPrice(from, null, rates, Map.of());
    }

    private static Map<UsageClass, TieredRate> with(Map<UsageClass, TieredRate> rates, Object... more) {
        Map<UsageClass, TieredRate> all = new HashMap<>(rates);
        for (int i = 0; i < more.length; i += 2) {
            all.put((UsageClass) more[i], flat((String) more[i + 1]));
        }
        return all;
    }

    private static TieredRate step(String base, String above) {
        return new TieredRate(rate(base), List.of(new TieredRate.Tier(100, rate(above))));
    }

    private static TieredRate flat(String usd) {
        return TieredRate.flat(rate(usd));
    }

    private static Rate rate(String usd) {
        return Rate.ofUsdPerMillion(new BigDecimal(usd));
    }
}
