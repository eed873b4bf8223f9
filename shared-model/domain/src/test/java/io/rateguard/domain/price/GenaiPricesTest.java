package io.rateguard.domain.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rateguard.domain.usage.UsageClass;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenaiPricesTest {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private final LeftOut leftOut = new LeftOut();

    @Test
    void takesTheDateOfTheSourceForTheVersion() {
        Catalogue catalogue = read("{\"input_mtok\": 1}");

        assertThat(catalogue.version()).isEqualTo("2026-08-21");
        assertThat(catalogue.sources()).containsExactly("genai-prices, 2026-08-21, MIT");
    }

    @Test
    void turnsEveryPriceIntoOnePerMillion() {
        ModelPrice price = priceAt("{\"input_mtok\": 0.1, \"requests_kcount\": 12, \"web_searches_kcount\": 5}", NOON);

        assertThat(price.usdPerMillion())
                .isEqualTo(
                        Map.of(UsageClass.INPUT, "0.1", UsageClass.REQUESTS, "12000", UsageClass.WEB_SEARCHES, "5000"));
    }

    @Test
    void keepsTimesOfDayInUtc() {
        String prices = """
                [{"prices": {"input_mtok": 1}},
                 {"constraint": {"start_time": "01:30:00+01:00", "end_time": "16:30:00Z"}, "prices": {"input_mtok": 2}}]""";

        ModelPrice peak = priceAt(prices, Instant.parse("2026-11-01T00:30:00Z"));

        assertThat(peak.usdPerMillion()).containsEntry(UsageClass.INPUT, "2");
        assertThat(peak.version()).isEqualTo("2026-08-21/p/m@00:30-16:30");
        assertThat(priceAt(prices, Instant.parse("2026-11-01T00:29:59Z")).usdPerMillion())
                .containsEntry(UsageClass.INPUT, "1");
        assertThat(priceAt(prices, Instant.parse("2026-11-01T16:30:00Z")).version())
                .isEqualTo("2026-08-21/p/m");
    }

    @Test
    void saysWhatItLeavesOut() {
        read("{\"input_mtok\": 0.08333333333333334}, \"price_comments\": \"half price at night\"");

        assertThat(leftOut.lines())
                .containsExactly(
                        "decimals beyond the twelfth: 1 (p/m input_mtok 0.08333333333333334)",
                        "name: 1 (p)",
                        "price_comments: 1 (p/m)");
    }

    @Test
    void refusesWhatItCannotSayInItsOwnWords() {
        assertRefused(
                "{\"output_smell_mtok\": 3}", "p/m: output_smell_mtok: 3 (expected: a price of a known class of use)");
        assertRefused(
                "[{\"constraint\": {\"weekday\": 1}, \"prices\": {\"input_mtok\": 1}}]",
                "p/m: constraint: {\"weekday\":1} (expected: start_date, or start_time and end_time)");
        assertRefused(
                "{\"input_mtok\": 1}, \"discount\": 3",
                "p/m: fields of p/m: discount (expected: context_window, deprecated, id, ");
        assertRefused(
                "{\"input_mtok\": {\"base\": 1, \"tiers\": [], \"peak\": 2}}",
                "p/m: input_mtok: peak (expected: base, tiers)");
    }

    @Test
    void refusesFiguresThatAreNone() {
        assertRefused("{\"input_mtok\": -1}", "p/m: input_mtok: -1 (expected: a decimal, 0 or more)");
        assertRefused("{\"input_mtok\": \"much\"}", "p/m: input_mtok: \"much\" (expected: a decimal, 0 or more)");
        assertRefused("{\"input_mtok\": null}", "p/m: input_mtok: null (expected: a decimal, 0 or more)");
        assertRefused("7", "p/m: prices: 7 (expected: an object)");
    }

    private void assertRefused(String prices, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(prices)).withMessageStartingWith(message);
    }

    private ModelPrice priceAt(String prices, Instant at) {
        return new ShippedCatalogue(read(prices)).find(List.of("p"), "m", at).orElseThrow();
    }

    private Catalogue read(String prices) {
        String json = """
                {"source": "genai-prices, 2026-08-21, MIT", "providers": [{"id": "p", "name": "P", "models": [
                  {"id": "m", "match": {"equals": "m"}, "prices": %s}]}]}""".formatted(prices);
        return GenaiPrices.read(json.getBytes(StandardCharsets.UTF_8), leftOut);
    }
}
