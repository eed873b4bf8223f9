package io.rateguard.domain.price;

import io.rateguard.domain.usage.UsageClass;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a model differs between two catalogues.
 *
 * @param rates what changes class by class, in order of time; of a model that is added or removed all it has
 */
public record ModelChange(
        String provider,
        String model,
        Kind kind,
        List<RateChange> rates,
        OptionalLong maxOutputTokensBefore,
        OptionalLong maxOutputTokensAfter) {

    private static final String NONE = "none";

    /** What happens to the model. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    public ModelChange {
        rates = List.copyOf(rates);
    }

    /** {@code changed openai/gpt-x: input: 2 → 3; output: 8 → 12}. */
    public String text() {
        Stream<String> most = maxOutputTokensBefore.equals(maxOutputTokensAfter)
                ? Stream.of()
                : Stream.of("maximum output: " + text(maxOutputTokensBefore) + " → " + text(maxOutputTokensAfter));
        return kind.name().toLowerCase(Locale.ROOT) + " " + provider + "/" + model + ": "
                + Stream.concat(rates.stream().map(RateChange::text), most).collect(Collectors.joining("; "));
    }

    private static String text(OptionalLong tokens) {
        return tokens.isPresent() ? Long.toString(tokens.getAsLong()) : NONE;
    }

    /**
     * Another rate for one class of use.
     *
     * @param at a time at which it differs, and the first such time that is looked at
     * @param serviceTier nothing for the default one
     * @param above input tokens above which it differs; 0: from the first on
     * @param before nothing where there was no price
     * @param after nothing where there is no price any more
     */
    public record RateChange(
            Instant at,
            Optional<ServiceTier> serviceTier,
            UsageClass usageClass,
            long above,
            Optional<Rate> before,
            Optional<Rate> after) {

        /** {@code output above 200000, priority: 32.4 → 30}, in dollars per million. */
        public String text() {
            return usageClass.wireName()
                    + (above == 0 ? "" : " above " + above)
                    + serviceTier.map(tier -> ", " + tier.wireName()).orElse("")
                    + ": " + text(before) + " → " + text(after);
        }

        private static String text(Optional<Rate> rate) {
            return rate.map(Rate::usdPerMillion).orElse(NONE);
        }
    }
}
