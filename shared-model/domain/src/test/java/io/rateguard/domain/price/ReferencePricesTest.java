package io.rateguard.domain.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.money.Money;
import io.rateguard.domain.price.ReferencePrices.Entry;
import io.rateguard.domain.price.ReferencePrices.Price;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The shipped catalogue against the file its figures come from. */
class ReferencePricesTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    /** The file's classes of use, by their meaning. */
    private static final Map<String, UsageClass> CLASSES = Map.ofEntries(
            Map.entry("input_mtok", UsageClass.INPUT),
            Map.entry("cache_read_mtok", UsageClass.CACHE_READ),
            Map.entry("cache_write_mtok", UsageClass.CACHE_WRITE_5M),
            Map.entry("cache_write_1h_mtok", UsageClass.CACHE_WRITE_1H),
            Map.entry("input_audio_mtok", UsageClass.INPUT_AUDIO),
            Map.entry("cache_audio_read_mtok", UsageClass.CACHE_READ_AUDIO),
            Map.entry("input_image_mtok", UsageClass.INPUT_IMAGE),
            Map.entry("cache_image_read_mtok", UsageClass.CACHE_READ_IMAGE),
            Map.entry("input_video_mtok", UsageClass.INPUT_VIDEO),
            Map.entry("output_mtok", UsageClass.OUTPUT),
            Map.entry("output_reasoning_mtok", UsageClass.REASONING),
            Map.entry("output_citation_mtok", UsageClass.CITATION),
            Map.entry("output_audio_mtok", UsageClass.OUTPUT_AUDIO),
            Map.entry("output_image_mtok", UsageClass.OUTPUT_IMAGE),
            Map.entry("output_video_mtok", UsageClass.OUTPUT_VIDEO),
            Map.entry("web_searches_kcount", UsageClass.WEB_SEARCHES),
            Map.entry("requests_kcount", UsageClass.REQUESTS));

    private final ShippedCatalogue catalogue = ShippedCatalogue.load();
    private final List<Entry> entries = ReferencePrices.read();

    @Test
    void findsEveryPublishedPriceByEverySampleOfItsNames() {
        int compared = 0;
        for (Entry entry : entries) {
            List<String> samples = entry.samples();
            assertThat(samples).as("names of %s", entry).isNotEmpty();
            for (Price price : entry.prices) {
                Instant at = entry.timeOf(price);
                for (String name : samples) {
                    compared += compare(entry, price, name, at);
                }
            }
        }
        assertThat(compared).isGreaterThan(2_000);
    }

    @Test
    void takesEntriesWithoutAPriceForUnpricedUnlessTheirNameSaysFree() {
        int free = 0;
        int unpriced = 0;
        for (Entry entry : entries) {
            if (!entry.prices.isEmpty()) {
                continue;
            }
            for (String name : entry.samples()) {
                Optional<ModelPrice> found = find(entry, name, NOW);
                if (entry.id.endsWith(":free")) {
                    assertThat(found.flatMap(price -> price.cost(Usage.of(Map.of(
                                    UsageClass.INPUT, 1_000_000L,
                                    UsageClass.CACHE_READ, 1_000_000L,
                                    UsageClass.REASONING, 1_000_000L,
                                    UsageClass.OUTPUT, 1_000_000L)))))
                            .as(name)
                            .hasValue(Money.ZERO);
                    free++;
                } else {
                    assertThat(found).as(name).isEmpty();
                    unpriced++;
                }
            }
        }
        assertThat(free).isGreaterThan(100);
        assertThat(unpriced).isGreaterThan(5);
    }

    @Test
    void hasNoModelBesideThoseOfTheFileAndTheDemos() {
        assertThat(CatalogueReader.read(ShippedCatalogueTest.shippedJson()).providers().entrySet().stream()
                        .filter(provider -> !provider.getKey().equals("demo"))
                        .flatMap(provider ->
                                provider.getValue().stream().map(model -> provider.getKey() + "/" + model.id())))
                .containsExactlyElementsOf(entries.stream().map(Entry::toString).toList());
    }

    private int compare(Entry entry, Price price, String name, Instant at) {
        ModelPrice found = find(entry, name, at).orElseThrow(() -> new AssertionError(entry + " not found by " + name));
        List<Long> contexts = price.contexts().toList();
        for (long inputTokens : contexts) {
            Map<String, Long> units = units(price, inputTokens);
            assertThat(found.cost(usage(units)))
                    .as("%s at %s, %d tokens of input: %s", name, at, inputTokens, units)
                    .hasValue(Money.ofNanos(price.costNanos(units, inputTokens)));
        }
        return contexts.size();
    }

    private Optional<ModelPrice> find(Entry entry, String name, Instant at) {
        return catalogue.find(List.of(entry.provider), name, at);
    }

    /** Some of every class that has a price, so that the tokens of input come to the given number. */
    private static Map<String, Long> units(Price price, long inputTokens) {
        Map<String, Long> units = new HashMap<>();
        long count = 1_001;
        long input = 0;
        for (String field : price.rates().propertyNames()) {
            UsageClass usageClass = CLASSES.get(field);
            assertThat(usageClass).as(field).isNotNull();
            units.put(field, count);
            input += usageClass.kind() == UsageClass.Kind.INPUT_TOKENS ? count : 0;
            count += 1_010;
        }
        units.merge("input_mtok", inputTokens - input, Long::sum);
        return units;
    }

    private static Usage usage(Map<String, Long> units) {
        Usage.Builder usage = Usage.builder();
        units.forEach((field, count) -> usage.set(CLASSES.get(field), count));
        return usage.build();
    }
}
