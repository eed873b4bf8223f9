package io.rateguard.domain.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shipped prices of service tiers against the file they come from, read here without a line of the import. */
class ServedTierTest {

    private static final Instant AFTER_EVERY_CHANGE = Instant.parse("2036-01-01T12:00:00Z");
    private static final List<String> PROVIDERS = List.of("openai", "google");
    private static final String INPUT = "input_cost_per_token";
    private static final String OUTPUT = "output_cost_per_token";

    /** The file's endings of service tiers, and what providers report. */
    private static final Map<String, String> TIERS =
            Map.of("_flex", "flex", "_priority", "priority", "_batches", "batch");

    private static final Map<String, UsageClass> FIELDS = Map.of(
            INPUT, UsageClass.INPUT, "cache_read_input_token_cost", UsageClass.CACHE_READ, OUTPUT, UsageClass.OUTPUT);

    private final ShippedCatalogue catalogue = ShippedCatalogue.load();

    @Test
    void costsWhatIsPublishedForTheTierThatWasServed() throws IOException {
        int compared = 0;
        for (Map.Entry<String, JsonNode> model : models().properties()) {
            Optional<ModelPrice> price = catalogue.find(PROVIDERS, model.getKey(), AFTER_EVERY_CHANGE);
            if (price.isPresent() && costsTheSame(price.get(), model.getValue(), "", "default")) {
                for (Map.Entry<String, String> tier : TIERS.entrySet()) {
                    if (model.getValue().has(INPUT + tier.getKey())
                            && model.getValue().has(OUTPUT + tier.getKey())) {
                        assertThat(costsTheSame(price.get(), model.getValue(), tier.getKey(), tier.getValue()))
                                .as("%s %s", model.getKey(), tier.getValue())
                                .isTrue();
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(100);
    }

    private static boolean costsTheSame(ModelPrice price, JsonNode fields, String ending, String reported) {
        Usage.Builder usage = Usage.builder();
        BigDecimal usd = BigDecimal.ZERO;
        long count = 10_007;
        for (Map.Entry<String, UsageClass> field : FIELDS.entrySet()) {
            JsonNode published = fields.path(field.getKey() + ending);
            if (published.isNumber() && (!ending.isEmpty() || field.getValue() != UsageClass.CACHE_READ)) {
                usage.set(field.getValue(), count);
                usd = usd.add(published.decimalValue().multiply(BigDecimal.valueOf(count)));
                count += 5_003;
            }
        }
        Money expected = Money.ofNanos(
                usd.movePointRight(9).setScale(0, RoundingMode.HALF_EVEN).longValueExact());
        return price.served(reported).cost(usage.build()).equals(Optional.of(expected));
    }

    private static JsonNode models() throws IOException {
        try (InputStream in = ServedTierTest.class.getResourceAsStream("/prices/litellm-sample.json")) {
            return JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build()
                    .readTree(in)
                    .get("models");
        }
    }
}
