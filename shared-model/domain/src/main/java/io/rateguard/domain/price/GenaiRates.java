package io.rateguard.domain.price;

import io.rateguard.domain.price.CataloguedModel.DatedPrice;
import io.rateguard.domain.usage.UsageClass;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads what genai-prices says one model costs. */
final class GenaiRates {

    private static final BigDecimal THOUSANDS_PER_MILLION = BigDecimal.valueOf(1_000);

    /** Prices per million tokens. */
    private static final Map<String, UsageClass> PER_MILLION = Map.ofEntries(
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
            Map.entry("output_video_mtok", UsageClass.OUTPUT_VIDEO));

    /** Prices per thousand pieces. */
    private static final Map<String, UsageClass> PER_THOUSAND =
            Map.of("web_searches_kcount", UsageClass.WEB_SEARCHES, "requests_kcount", UsageClass.REQUESTS);

    private final String place;
    private final LeftOut leftOut;

    /** @param place provider and model */
    GenaiRates(String place, LeftOut leftOut) {
        this.place = place;
        this.leftOut = leftOut;
    }

    /** One price, or a list of prices that hold under a condition; of those that hold the last one counts. */
    List<DatedPrice> prices(JsonNode node) {
        if (node.isArray()) {
            return node.valueStream().map(this::conditional).toList();
        }
        Map<UsageClass, TieredRate> rates = rates(node);
        return rates.isEmpty() ? List.of() : List.of(new DatedPrice(null, null, rates, Map.of()));
    }

    private DatedPrice conditional(JsonNode node) {
        Fields.only("prices", node, Set.of("constraint", "prices"));
        Map<UsageClass, TieredRate> rates = rates(node.path("prices"));
        JsonNode constraint = node.path("constraint");
        Set<String> fields = Set.copyOf(constraint.propertyNames());
        if (fields.isEmpty()) {
            return new DatedPrice(null, null, rates, Map.of());
        }
        if (fields.equals(Set.of("start_date"))) {
            return new DatedPrice(LocalDate.parse(Fields.text(constraint, "start_date")), null, rates, Map.of());
        }
        if (fields.equals(Set.of("start_time", "end_time"))) {
            DailyWindow daily = new DailyWindow(utc(constraint, "start_time"), utc(constraint, "end_time"));
            return new DatedPrice(null, daily, rates, Map.of());
        }
        throw new IllegalArgumentException(
                "constraint: " + constraint + " (expected: start_date, or start_time and end_time)");
    }

    private static LocalTime utc(JsonNode constraint, String field) {
        return OffsetTime.parse(Fields.text(constraint, field))
                .withOffsetSameInstant(ZoneOffset.UTC)
                .toLocalTime();
    }

    private Map<UsageClass, TieredRate> rates(JsonNode node) {
        Map<UsageClass, TieredRate> rates = new EnumMap<>(UsageClass.class);
        Fields.object("prices", node).properties().forEach(price -> {
            UsageClass perMillion = PER_MILLION.get(price.getKey());
            UsageClass perThousand = PER_THOUSAND.get(price.getKey());
            if (perMillion != null) {
                rates.put(perMillion, tieredRate(price, BigDecimal.ONE));
            } else if (perThousand != null) {
                rates.put(perThousand, tieredRate(price, THOUSANDS_PER_MILLION));
            } else {
                throw new IllegalArgumentException(
                        price.getKey() + ": " + price.getValue() + " (expected: a price of a known class of use)");
            }
        });
        return rates;
    }

    private TieredRate tieredRate(Map.Entry<String, JsonNode> price, BigDecimal unitsPerMillion) {
        String field = price.getKey();
        JsonNode value = price.getValue();
        if (!value.isObject()) {
            return TieredRate.flat(rate(field, value, unitsPerMillion));
        }
        Fields.only(field, value, Set.of("base", "tiers"));
        List<TieredRate.Tier> tiers = new ArrayList<>();
        for (JsonNode tier : Fields.list(value, "tiers")) {
            Fields.only(field, tier, Set.of("start", "price"));
            tiers.add(new TieredRate.Tier(
                    Fields.wholeNumber(tier, "start"), rate(field, tier.path("price"), unitsPerMillion)));
        }
        return new TieredRate(rate(field, value.path("base"), unitsPerMillion), tiers);
    }

    private Rate rate(String field, JsonNode value, BigDecimal unitsPerMillion) {
        BigDecimal exact = Fields.amount(field, value).multiply(unitsPerMillion);
        Rate rate = Rate.nearest(exact);
        if (new BigDecimal(rate.usdPerMillion()).compareTo(exact) != 0) {
            leftOut.note("decimals beyond the twelfth", place + " " + field + " " + value);
        }
        return rate;
    }
}
