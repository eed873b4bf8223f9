package io.rateguard.domain.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rateguard.domain.price.ModelChange.RateChange;
import io.rateguard.domain.usage.UsageClass;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PriceUpdateTest {

    private static final LocalDate FROM = LocalDate.of(2026, 11, 1);

    @Test
    void showsWhatAPublishedFileWouldChange() throws IOException {
        PriceUpdate update = PriceUpdate.read(sample(), ShippedCatalogue.load(), FROM);

        Map<String, ModelChange> changes = update.changes().stream()
                .collect(Collectors.toMap(change -> change.provider() + "/" + change.model(), Function.identity()));

        assertThat(changes.get("openai/gpt-4o-2024-05-13").text())
                .isEqualTo("changed openai/gpt-4o-2024-05-13: input: 2.5 → 5; output: 10 → 15; "
                        + "input, priority: 4.25 → 8.75; output, priority: 17 → 26.25; "
                        + "input, batch: 1.25 → 2.5; output, batch: 5 → 7.5; maximum output: 16384 → 4096");
        assertThat(changes.get("anthropic/claude-mythos-5").kind()).isEqualTo(ModelChange.Kind.ADDED);
        assertThat(changes).doesNotContainKeys("openai/gpt-4o", "openai/gpt-4o-2024-08-06", "openai/gpt-5.4");
        assertThat(changes.values()).noneMatch(change -> change.kind() == ModelChange.Kind.REMOVED);
        assertThat(update.leftOut()).anyMatch(line -> line.startsWith("provider_specific_entry: 10 ("));
    }

    @Test
    void changesNothingBeforeItsDayNorWhatItDoesNotName() throws IOException {
        ShippedCatalogue present = ShippedCatalogue.load();
        ShippedCatalogue renewed = PriceUpdate.read(sample(), present, FROM).renewed();
        List<String> provider = List.of("openai");
        String model = "gpt-4o-2024-05-13";
        Instant eve = Instant.parse("2026-10-31T23:59:59Z");

        assertThat(renewed.find(provider, model, eve).orElseThrow().rates())
                .isEqualTo(present.find(provider, model, eve).orElseThrow().rates());
        ModelPrice price = renewed.find(provider, model, Instant.parse("2026-11-01T00:00:00Z"))
                .orElseThrow();
        assertThat(price.version()).isEqualTo("2026-11-01/openai/gpt-4o-2024-05-13@2026-11-01");
        assertThat(price.usdPerMillion())
                .containsEntry(UsageClass.INPUT, "5")
                .containsEntry(UsageClass.CACHE_READ, "1.25");
        assertThat(renewed.find(List.of("mistral"), "codestral", eve)
                        .orElseThrow()
                        .rates())
                .isEqualTo(present.find(List.of("mistral"), "codestral", eve)
                        .orElseThrow()
                        .rates());
    }

    @Test
    void comparesCataloguesModelByModelAndClassByClass() {
        List<ModelChange> changes = update("""
                {"id": "stays", "match": {"equals": "stays"}, "prices": [{"rates": {"input": "1"}}]},
                {"id": "goes", "match": {"equals": "goes"}, "prices": [{"rates": {"input": "1"}}]},
                {"id": "changes", "match": {"starts_with": "ch"}, "maxOutputTokens": 5, "prices": [
                  {"rates": {"input": {"base": "1", "tiers": [{"above": 100, "rate": "2"}]}, "output": "4"}},
                  {"from": "2027-01-01", "rates": {"input": "1", "output": "4"}}]}""", """
                {"id": "stays", "match": {"equals": "stays"}, "prices": [{"rates": {"input": "1", "cache_read": "1"}}]},
                {"id": "comes", "match": {"equals": "comes"}, "prices": [{"rates": {"web_searches": "3"}}]},
                {"id": "changes", "match": {"starts_with": "ch"}, "maxOutputTokens": 6, "prices": [
                  {"rates": {"input": {"base": "1", "tiers": [{"above": 100, "rate": "3"}]}},
                   "serviceTiers": {"flex": {"input": "0.5"}}},
                  {"from": "2027-01-01", "rates": {"input": "1", "output": "5"}}]}""").changes();

        assertThat(changes)
                .extracting(ModelChange::text)
                .containsExactly(
                        "added p/comes: web_searches: none → 3",
                        "changed p/changes: input above 100: 2 → 3; output: 4 → none; input, flex: 1 → 0.5; "
                                + "input above 100, flex: 2 → 0.5; output: 4 → 5; maximum output: 5 → 6",
                        "removed p/goes: input: 1 → none");
        assertThat(changes.get(1).rates())
                .extracting(RateChange::at)
                .containsOnly(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"));
    }

    @Test
    void seesWhatChangesAtATimeOfDayAlone() {
        assertThat(update("""
                {"id": "m", "match": {"equals": "m"}, "prices": [{"rates": {"input": "1"}}]}""", """
                {"id": "m", "match": {"equals": "m"}, "prices": [{"rates": {"input": "1"}},
                  {"daily": {"from": "08:00", "until": "20:00"}, "rates": {"input": "2"}}]}""").changes())
                .singleElement()
                .satisfies(change -> assertThat(change.rates()).singleElement().satisfies(rate -> {
                    assertThat(rate.at()).isEqualTo(Instant.parse("2026-11-01T08:00:00Z"));
                    assertThat(rate.text()).isEqualTo("input: 1 → 2");
                }));
    }

    @Test
    void replacesAPriceOfTheSameDayAndKeepsALaterOne() {
        ShippedCatalogue present = catalogue("""
                {"id": "m", "match": {"starts_with": "m"}, "prices": [{"rates": {"input": "1"}},
                  {"from": "2026-11-01", "rates": {"input": "2"}}, {"from": "2027-01-01", "rates": {"input": "3"}}]}""");

        ShippedCatalogue renewed = PriceUpdate.read(
                        bytes("{\"m\": {\"litellm_provider\": \"p\", \"input_cost_per_token\": 9e-06}}"), present, FROM)
                .renewed();

        assertThat(renewed.find(List.of("p"), "mm", Instant.parse("2026-10-31T00:00:00Z"))
                        .orElseThrow()
                        .usdPerMillion())
                .containsEntry(UsageClass.INPUT, "1");
        assertThat(renewed.find(List.of("p"), "mm", Instant.parse("2026-11-01T00:00:00Z"))
                        .orElseThrow()
                        .usdPerMillion())
                .containsEntry(UsageClass.INPUT, "9");
        assertThat(renewed.find(List.of("p"), "mm", Instant.parse("2027-01-01T00:00:00Z"))
                        .orElseThrow()
                        .usdPerMillion())
                .containsEntry(UsageClass.INPUT, "3");
    }

    @Test
    void seesNoNewsInAReasoningRateThatIsTheOutputs() {
        ShippedCatalogue present = catalogue("""
                {"id": "m", "match": {"equals": "m"}, "prices": [{"rates": {"input": "1", "output": "2"}}]}""");

        PriceUpdate update = PriceUpdate.read(bytes("""
                        {"m": {"litellm_provider": "p", "input_cost_per_token": 1e-06, "output_cost_per_token": 3e-06,
                               "output_cost_per_reasoning_token": 3e-06, "cache_read_input_token_cost": 1e-06}}"""), present, FROM);

        assertThat(update.changes()).extracting(ModelChange::text).containsExactly("changed p/m: output: 2 → 3");
    }

    @Test
    void namesTheEntryTheFigureAndWhatWasExpected() {
        assertRefused(
                "{\"m\": {\"litellm_provider\": \"p\", \"input_cost_per_token\": -1}}",
                "m: input_cost_per_token: -1 (expected: a decimal, 0 or more)");
        assertRefused(
                "{\"m\": {\"litellm_provider\": \"p\", \"input_cost_per_token\": \"cheap\"}}",
                "m: input_cost_per_token: \"cheap\" (expected: a decimal, 0 or more)");
        assertRefused(
                json("{\"id\": \"m\", \"match\": {\"equals\": \"m\"}, \"prices\": [{\"rates\": {\"smell\": \"1\"}}]}"),
                "p/m: usage class: smell (expected: input, cache_read, output, …)");
        assertRefused(
                json("{\"id\": \"m\", \"match\": {\"equals\": \"m\"}, \"prices\": [{\"rates\": {\"input\": \"-2\"}}]}"),
                "p/m: rates.input: \"-2\" (expected: a decimal, 0 or more)");
        assertRefused(
                json("{\"id\": \"m\", \"match\": {\"equals\": \"m\"}, \"prices\": [{\"rates\": {\"input\": \"x\"}}]}"),
                "p/m: rates.input: \"x\" (expected: a decimal, 0 or more)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceUpdate.read(bytes("{"), ShippedCatalogue.load(), FROM))
                .withMessageStartingWith("line 1, column ");
    }

    @Test
    void aFileThatIsNestedWithoutEndIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceUpdate.read(bytes("[".repeat(2_000)), ShippedCatalogue.load(), FROM))
                .withMessageContaining("nesting depth");
    }

    /** Proxies ask rules on every request. */
    @Test
    void takesNoMoreRulesThanANameIsQuicklyHeldAgainst() {
        String rules = String.join(",", Collections.nCopies(201, "{\"contains\": \"m\"}"));
        assertRefused(
                json("{\"id\": \"m\", \"match\": {\"or\": [{\"and\": [" + rules + "]}]}, \"prices\": []}"),
                "m: match: 201 rules (expected: 200 at most)");
        assertRefused(
                json("{\"id\": \"m\", \"match\": {\"contains\": \"" + "m".repeat(201) + "\"}, \"prices\": []}"),
                "m: match: a rule of 201 characters (expected: 200 at most)");
    }

    private static void assertRefused(String file, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceUpdate.read(bytes(file), ShippedCatalogue.load(), FROM))
                .withMessage(message);
    }

    private static PriceUpdate update(String before, String after) {
        return PriceUpdate.read(bytes(json(after)), catalogue(before), FROM);
    }

    private static ShippedCatalogue catalogue(String models) {
        return new ShippedCatalogue(CatalogueReader.read(bytes(json(models))));
    }

    private static String json(String models) {
        return "{\"version\": \"v\", \"sources\": [], \"providers\": [{\"id\": \"p\", \"models\": [" + models + "]}]}";
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sample() throws IOException {
        try (InputStream in = PriceUpdateTest.class.getResourceAsStream("/prices/litellm-sample.json")) {
            return in.readAllBytes();
        }
    }
}
