package io.rateguard.domain.price;

import static io.rateguard.domain.usage.UsageClass.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rateguard.domain.api.Profile;
import io.rateguard.domain.price.ShippedCatalogue.Listed;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ShippedCatalogueTest {

    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant AFTER_EVERY_CHANGE = Instant.parse("2036-01-01T12:00:00Z");

    private final ShippedCatalogue catalogue = ShippedCatalogue.load();

    @Test
    void knowsTheRatesOfAModelByItsId() {
        ModelPrice price = find("openai", "gpt-4o-mini").orElseThrow();

        assertThat(price.version()).isEqualTo("2026-08-21/openai/gpt-4o-mini");
        assertThat(price.maxOutputTokens()).hasValue(16_384);
        assertThat(price.usdPerMillion())
                .containsEntry(INPUT, "0.15")
                .containsEntry(CACHE_READ, "0.075")
                .containsEntry(OUTPUT, "0.6");
    }

    @Test
    void knowsAModelByTheRulesForItsName() {
        assertThat(find("openai", "gpt-4o-mini-2024-07-18").orElseThrow().version())
                .isEqualTo("2026-08-21/openai/gpt-4o-mini");
        assertThat(find("anthropic", "claude-haiku-4-5-20251001").orElseThrow().version())
                .isEqualTo("2026-08-21/anthropic/claude-haiku-4-5");
        assertThat(find("openai", "gpt-5.6-sol-2026-06-30").orElseThrow().version())
                .isEqualTo("2026-08-21/openai/gpt-5.6-sol");
        assertThat(find("openai", "gpt-5.6-sol-2026-06-30-x")).isEmpty();
    }

    @Test
    void prefersTheExactIdToAnEarlierRule() {
        ShippedCatalogue two = catalogue("""
                {"id": "family", "match": {"starts_with": "fam"}, "prices": [{"rates": {"input": "1"}}]},
                {"id": "family-member", "match": {"equals": "other"}, "prices": [{"rates": {"input": "2"}}]}""");

        assertThat(input(two, "family-member", NOW)).isEqualTo("2");
        assertThat(input(two, "family-friend", NOW)).isEqualTo("1");
        assertThat(input(two, "other", NOW)).isEqualTo("2");
    }

    @Test
    void looksThroughTheProvidersInOrder() {
        List<String> demo = Profile.DEMO.priceProviders();

        assertThat(catalogue.find(demo, "demo-small", NOW).orElseThrow().version())
                .isEqualTo("2026-08-21/demo/demo-small");
        assertThat(catalogue.find(demo, "claude-3-haiku", NOW).orElseThrow().version())
                .isEqualTo("2026-08-21/anthropic/claude-3-haiku");
        assertThat(find("anthropic", "gpt-4o")).isEmpty();
        assertThat(find("nobody", "gpt-4o")).isEmpty();
        assertThat(catalogue.find(List.of(), "gpt-4o", NOW)).isEmpty();
    }

    @Test
    void pricesTheDemoModels() {
        ModelPrice small = find("demo", "demo-small").orElseThrow();
        ModelPrice large = find("demo", "demo-large").orElseThrow();

        assertThat(small.usdPerMillion()).isEqualTo(Map.of(INPUT, "0.15", CACHE_READ, "0.075", OUTPUT, "0.6"));
        assertThat(small.maxOutputTokens()).hasValue(16_384);
        assertThat(large.usdPerMillion())
                .isEqualTo(Map.of(
                        INPUT, "3", CACHE_READ, "0.3", CACHE_WRITE_5M, "3.75", CACHE_WRITE_1H, "6", OUTPUT, "15"));
        assertThat(large.maxOutputTokens()).hasValue(64_000);
    }

    @Test
    void takesThePriceOfTheDay() {
        assertThat(priceAt("openai", "o3", "2025-06-09T23:59:59.999Z")).satisfies(before -> {
            assertThat(before.version()).isEqualTo("2026-08-21/openai/o3");
            assertThat(before.usdPerMillion()).containsEntry(OUTPUT, "40");
        });
        assertThat(priceAt("openai", "o3", "2025-06-10T00:00:00Z")).satisfies(after -> {
            assertThat(after.version()).isEqualTo("2026-08-21/openai/o3@2025-06-10");
            assertThat(after.usdPerMillion()).containsEntry(OUTPUT, "8");
        });
    }

    @Test
    void chargesTheWholeRequestByTheTierOfItsInput() {
        ModelPrice price = find("anthropic", "claude-sonnet-4-5").orElseThrow();

        assertThat(price.cost(use(200_000, 1_000)).orElseThrow().usd()).isEqualTo("0.615");
        assertThat(price.cost(use(200_001, 1_000)).orElseThrow().usd()).isEqualTo("1.222506");
    }

    @Test
    void asksNoMoreForFlexThanByDefaultHoweverLongTheContext() {
        ModelPrice price = find("openai", "gpt-5.5").orElseThrow();

        assertThat(price.cost(use(300_000, 0)).orElseThrow().usd()).isEqualTo("3");
        assertThat(price.served("flex").cost(use(300_000, 0)).orElseThrow().usd())
                .isEqualTo("3");
        assertThat(price.served("flex").cost(use(200_000, 0)).orElseThrow().usd())
                .isEqualTo("0.5");
    }

    @Test
    void turnsPricesPerThousandIntoPricesPerMillion() {
        ModelPrice price = find("anthropic", "claude-haiku-4-5").orElseThrow();

        Usage threeSearches = Usage.builder().set(WEB_SEARCHES, 3).build();

        assertThat(price.cost(threeSearches).orElseThrow().usd()).isEqualTo("0.03");
    }

    @Test
    void takesAnEmptyPriceForAnUnknownOne() {
        assertThat(find("openai", "moderation")).isEmpty();
        assertThat(find("openai", "omni-moderation-latest")).isEmpty();
    }

    @Test
    void knowsThatFreeModelsCostNothing() {
        ShippedCatalogue free = catalogue("""
                {"id": "llama:free", "match": {"equals": "llama:free"}, "prices": []},
                {"id": "llama", "match": {"starts_with": "llama"}, "prices": []}""");

        assertThat(free.find(List.of("p"), "llama:free", NOW)
                        .flatMap(price -> price.cost(use(5, 5)))
                        .orElseThrow()
                        .nanos())
                .isZero();
        assertThat(free.find(List.of("p"), "llama", NOW)).isEmpty();
        assertThat(free.find(List.of("p"), "llama-2:free", NOW)).isEmpty();
    }

    @Test
    void takesThePriceOfTheTimeOfDay() {
        assertThat(priceAt("deepseek", "deepseek-reasoner", "2026-11-01T00:29:59Z"))
                .satisfies(night -> {
                    assertThat(night.version()).isEqualTo("2026-08-21/deepseek/deepseek-reasoner");
                    assertThat(night.usdPerMillion()).containsEntry(OUTPUT, "0.55");
                });
        assertThat(priceAt("deepseek", "deepseek-reasoner", "2026-11-01T00:30:00Z"))
                .satisfies(day -> {
                    assertThat(day.version()).isEqualTo("2026-08-21/deepseek/deepseek-reasoner@00:30-16:30");
                    assertThat(day.usdPerMillion()).containsEntry(OUTPUT, "2.19");
                });
    }

    @Test
    void refusesAPriceThatHidesTheOneBefore() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> catalogue("""
                        {"id": "m", "match": {"equals": "m"}, "prices": [
                          {"from": "2026-01-01", "rates": {"input": "1"}}, {"from": "2026-01-01", "rates": {"input": "2"}}]}"""))
                .withMessage("p/m: from: 2026-01-01 (expected: oldest first, each date or daily window once)");
    }

    @Test
    void hasNoPriceBeforeTheFirstDate() {
        ShippedCatalogue dated = catalogue("""
                {"id": "m", "match": {"equals": "m"}, "prices": [{"from": "2026-01-01", "rates": {"input": "1"}}]}""");

        assertThat(dated.find(List.of("p"), "m", Instant.parse("2025-12-31T23:59:59Z")))
                .isEmpty();
        assertThat(input(dated, "m", Instant.parse("2026-01-01T00:00:00Z"))).isEqualTo("1");
    }

    @Test
    void understandsEveryRule() {
        ShippedCatalogue rules = catalogue("""
                {"id": "1", "match": {"and": [{"starts_with": "a"}, {"ends_with": "z"}]}, "prices": [{"rates": {"input": "1"}}]},
                {"id": "2", "match": {"or": [{"contains": "mid"}, {"regex": "[0-9]$"}]}, "prices": [{"rates": {"input": "2"}}]}""");

        assertThat(input(rules, "a-z", NOW)).isEqualTo("1");
        assertThat(input(rules, "b-mid-z", NOW)).isEqualTo("2");
        assertThat(input(rules, "name7", NOW)).isEqualTo("2");
        assertThat(rules.find(List.of("p"), "az-", NOW)).isEmpty();
    }

    @Test
    void findsTheSameAgainHoweverManyNamesAreMadeUp() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(find("openai", "made-up-" + i)).isEmpty();
        }

        assertThat(find("openai", "gpt-4o-2024-11-20")).isEqualTo(find("openai", "gpt-4o-2024-08-06"));
        assertThat(find("openai", "made-up-1")).isEmpty();
    }

    @Test
    void namesWhatIsWrongWithACatalogue() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> catalogue(
                                "{\"id\": \"m\", \"match\": {\"equals\": \"m\"}, \"prices\": [{\"rates\": {\"input\": 0.15}}]}"))
                .withMessage("p/m: rates.input: 0.15 (expected: a decimal in quotes)");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> catalogue(
                                "{\"id\": \"m\", \"match\": {\"equals\": \"m\"}, \"prices\": [{\"rates\": {\"input\": \"-1\"}}]}"))
                .withMessage("p/m: rates.input: \"-1\" (expected: a decimal, 0 or more)");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> catalogue(
                                "{\"id\": \"m\", \"match\": {\"equals\": \"m\"}, \"prices\": [{\"rates\": {\"input\": \"1\"}, \"serviceTiers\": {\"turbo\": {}}}]}"))
                .withMessage("p/m: service tier: turbo (expected: flex, priority, batch)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> catalogue("{\"id\": \"m\", \"match\": {\"like\": \"m\"}, \"prices\": []}"))
                .withMessageContaining("match: like (expected: equals");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CatalogueReader.read("{".getBytes(StandardCharsets.UTF_8)))
                .withMessageStartingWith("price catalogue: ");
    }

    @Test
    void saysOfEveryPriceWhoseItIsAndOfWhen() {
        List<Listed> priced = catalogue.list(AFTER_EVERY_CHANGE).stream()
                .filter(model -> model.price().isPresent() && !model.model().endsWith(":free"))
                .filter(model -> !model.provider().equals("demo"))
                .toList();

        assertThat(priced)
                .hasSizeGreaterThan(1_000)
                .allSatisfy(
                        model -> assertThat(model.origin())
                                .matches(
                                        "(since \\d{4}-\\d\\d-\\d\\d; )?pydantic/genai-prices, 2026-08-21(; [A-Za-z]+, 2026-\\d\\d-\\d\\d)*"));
        assertThat(priced)
                .filteredOn(model ->
                        model.provider().equals("openai") && model.model().equals("gpt-4o"))
                .extracting(Listed::origin)
                .containsExactly("pydantic/genai-prices, 2026-08-21; LiteLLM, 2026-07-24; OpenAI, 2026-11-27");
        assertThat(priced)
                .filteredOn(model -> model.model().equals("anthropic/claude-sonnet-5"))
                .extracting(Listed::origin)
                .containsExactly("since 2026-09-01; pydantic/genai-prices, 2026-08-21; Anthropic, 2026-11-27");
    }

    @Test
    void refusesASourceThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> catalogue(
                                "{\"id\": \"m\", \"match\": {\"equals\": \"m\"}, \"prices\": [{\"rates\": {\"input\": \"1\"}, \"sources\": [2]}]}"))
                .withMessage("p/m: sources: 2 (expected: numbers from 1 to 0)");
    }

    @Test
    void readsEveryModelItShips() {
        JsonNode json = JsonMapper.shared().readTree(shippedJson());

        for (JsonNode provider : json.get("providers")) {
            for (JsonNode model : provider.get("models")) {
                String id = model.get("id").stringValue();
                Optional<ModelPrice> price =
                        catalogue.find(List.of(provider.get("id").stringValue()), id, AFTER_EVERY_CHANGE);
                if (model.get("prices").isEmpty()) {
                    assertThat(price.isPresent()).isEqualTo(id.endsWith(":free"));
                    continue;
                }
                JsonNode latest = model.get("prices").get(model.get("prices").size() - 1);
                latest.get("rates")
                        .properties()
                        .forEach(rate -> assertThat(price.orElseThrow().usdPerMillion())
                                .containsEntry(
                                        UsageClass.ofWireName(rate.getKey()),
                                        rate.getValue().isString()
                                                ? rate.getValue().stringValue()
                                                : rate.getValue().get("base").stringValue()));
            }
        }
    }

    static byte[] shippedJson() {
        try (InputStream json = ShippedCatalogueTest.class.getResourceAsStream("/prices/catalogue.json")) {
            return json.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Optional<ModelPrice> find(String provider, String model) {
        return catalogue.find(List.of(provider), model, NOW);
    }

    private ModelPrice priceAt(String provider, String model, String at) {
        return catalogue.find(List.of(provider), model, Instant.parse(at)).orElseThrow();
    }

    private static String input(ShippedCatalogue catalogue, String model, Instant at) {
        return catalogue
                .find(List.of("p"), model, at)
                .orElseThrow()
                .usdPerMillion()
                .get(INPUT);
    }

    private static Usage use(long input, long output) {
        return Usage.builder().set(INPUT, input).set(OUTPUT, output).build();
    }

    private static ShippedCatalogue catalogue(String models) {
        String json =
                "{\"version\": \"v\", \"sources\": [], \"providers\": [{\"id\": \"p\", \"models\": [" + models + "]}]}";
        return new ShippedCatalogue(CatalogueReader.read(json.getBytes(StandardCharsets.UTF_8)));
    }
}
