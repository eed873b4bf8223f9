package io.rateguard.domain.price;

import io.rateguard.domain.price.CataloguedModel.DatedPrice;
import io.rateguard.domain.usage.UsageClass;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Collects what LiteLLM says one model costs, field by field, in dollars for a single unit. */
final class LiteLlmRates {

    private static final Map<String, UsageClass> CLASSES = Map.ofEntries(
            Map.entry("input_cost_per_token", UsageClass.INPUT),
            Map.entry("cache_read_input_token_cost", UsageClass.CACHE_READ),
            Map.entry("cache_creation_input_token_cost", UsageClass.CACHE_WRITE_5M),
            Map.entry("cache_creation_input_token_cost_above_1hr", UsageClass.CACHE_WRITE_1H),
            Map.entry("input_cost_per_audio_token", UsageClass.INPUT_AUDIO),
            Map.entry("cache_read_input_audio_token_cost", UsageClass.CACHE_READ_AUDIO),
            Map.entry("input_cost_per_image_token", UsageClass.INPUT_IMAGE),
            Map.entry("output_cost_per_token", UsageClass.OUTPUT),
            Map.entry("output_cost_per_reasoning_token", UsageClass.REASONING),
            Map.entry("output_cost_per_audio_token", UsageClass.OUTPUT_AUDIO),
            Map.entry("output_cost_per_image_token", UsageClass.OUTPUT_IMAGE),
            Map.entry("output_cost_per_video_token", UsageClass.OUTPUT_VIDEO),
            Map.entry("input_cost_per_second", UsageClass.SECONDS),
            Map.entry("input_cost_per_character", UsageClass.CHARACTERS));

    private static final List<UsageClass> TEXT = List.of(UsageClass.INPUT, UsageClass.OUTPUT);

    private static final Pattern FIELD =
            Pattern.compile("(?<what>.+?)(_above_(?<thousands>\\d+)k_tokens)?(_(?<tier>flex|priority|batches))?");

    private static final String SEARCHES = "search_context_cost_per_query";

    /** Fields that speak of money and are none of the above: passed over, and told. */
    private static final Pattern ABOUT_MONEY = Pattern.compile(".*(cost|price|multiplier|_entry).*");

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private final String place;
    private final LeftOut leftOut;
    private final Map<UsageClass, Steps> byDefault = new EnumMap<>(UsageClass.class);
    private final Map<ServiceTier, Map<UsageClass, Steps>> serviceTiers = new EnumMap<>(ServiceTier.class);

    /** @param place the name of the model */
    LiteLlmRates(String place, LeftOut leftOut) {
        this.place = place;
        this.leftOut = leftOut;
    }

    void read(String field, JsonNode value) {
        Matcher parts = FIELD.matcher(field);
        UsageClass usageClass = parts.matches() ? CLASSES.get(parts.group("what")) : null;
        if (usageClass != null) {
            long start = parts.group("thousands") == null ? 0 : Long.parseLong(parts.group("thousands")) * 1_000;
            of(parts.group("tier"))
                    .computeIfAbsent(usageClass, key -> new Steps())
                    .put(start, rate(field, value));
        } else if (!field.equals(SEARCHES) && ABOUT_MONEY.matcher(field).matches()) {
            leftOut.note(field, place);
        }
    }

    /**
     * The fee for a web search, where it does not depend on how much is searched.
     *
     * @param perPrompt whether the provider asks it once a prompt, however often that searches, unless the entry says
     *     otherwise
     */
    void readSearches(JsonNode entry, boolean perPrompt) {
        if (!entry.has(SEARCHES)) {
            return;
        }
        Set<Rate> rates = Fields.object(SEARCHES, entry.get(SEARCHES))
                .valueStream()
                .map(value -> rate(SEARCHES, value))
                .collect(Collectors.toSet());
        boolean perSearch =
                !perPrompt || entry.path("web_search_billing_unit").asString("").equals("per_query");
        if (rates.size() == 1 && perSearch) {
            Steps steps = new Steps();
            steps.put(0, rates.iterator().next());
            byDefault.put(UsageClass.WEB_SEARCHES, steps);
        } else {
            leftOut.note(SEARCHES, place);
        }
    }

    /** Nothing when no figure is known: zero for everything is LiteLLM's way to say so. */
    Optional<DatedPrice> price() {
        Map<UsageClass, TieredRate> rates = tiered(byDefault);
        return rates.values().stream().anyMatch(LiteLlmRates::costs)
                ? Optional.of(new DatedPrice(null, null, rates, tiers(rates)))
                : Optional.empty();
    }

    /** A tier that names a price for input and none for output, or the reverse, is only half known. */
    private Map<ServiceTier, Map<UsageClass, TieredRate>> tiers(Map<UsageClass, TieredRate> rates) {
        Map<ServiceTier, Map<UsageClass, TieredRate>> tiers = new EnumMap<>(ServiceTier.class);
        serviceTiers.forEach((tier, steps) -> {
            Map<UsageClass, TieredRate> own = tiered(steps);
            if (TEXT.stream().allMatch(text -> own.containsKey(text) || !rates.containsKey(text))) {
                own.replaceAll((usageClass, rate) -> rate.neverBelow(rates.getOrDefault(usageClass, rate)));
                tiers.put(tier, own);
            } else {
                leftOut.note("service tier without its rate for input or output", place + " " + tier.wireName());
            }
        });
        return tiers;
    }

    private Map<UsageClass, TieredRate> tiered(Map<UsageClass, Steps> rates) {
        Map<UsageClass, TieredRate> tiered = new EnumMap<>(UsageClass.class);
        rates.forEach((usageClass, steps) -> steps.rate()
                .ifPresentOrElse(
                        rate -> tiered.put(usageClass, rate),
                        () -> leftOut.note(
                                "rate for long contexts without one for others", place + " " + usageClass.wireName())));
        return tiered;
    }

    private Map<UsageClass, Steps> of(@Nullable String tier) {
        if (tier == null) {
            return byDefault;
        }
        ServiceTier known =
                tier.equals("batches") ? ServiceTier.BATCH : ServiceTier.valueOf(tier.toUpperCase(Locale.ROOT));
        return serviceTiers.computeIfAbsent(known, key -> new EnumMap<>(UsageClass.class));
    }

    private static boolean costs(TieredRate rate) {
        return !rate.dearestUpTo(Long.MAX_VALUE).equals(Rate.ZERO);
    }

    private static Rate rate(String field, JsonNode value) {
        return Rate.nearest(Fields.amount(field, value).multiply(MILLION));
    }

    /** The rates of one class by the input tokens above which they hold. */
    private static final class Steps {

        private final TreeMap<Long, Rate> byStart = new TreeMap<>();

        void put(long start, Rate rate) {
            byStart.put(start, rate);
        }

        /** Nothing where only long contexts have a rate. */
        Optional<TieredRate> rate() {
            List<TieredRate.Tier> tiers = byStart.tailMap(0L, false).entrySet().stream()
                    .map(step -> new TieredRate.Tier(step.getKey(), step.getValue()))
                    .toList();
            return Optional.ofNullable(byStart.get(0L)).map(base -> new TieredRate(base, tiers));
        }
    }
}
