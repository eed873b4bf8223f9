package io.rateguard.domain.price;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How fast or how surely a provider serves a request, where it asks another price for it than by default. */
public enum ServiceTier {
    FLEX,
    PRIORITY,
    BATCH;

    /** How Vertex AI starts the names of the tiers that are paid by use. */
    private static final String PAID_BY_USE = "on_demand_";

    private static final Map<String, ServiceTier> BY_WIRE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ServiceTier::wireName, Function.identity()));

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The tier that a reply names; nothing for the default one, or one that is not known. */
    static Optional<ServiceTier> served(@Nullable String reported) {
        if (reported == null) {
            return Optional.empty();
        }
        String name = reported.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(
                BY_WIRE_NAME.get(name.startsWith(PAID_BY_USE) ? name.substring(PAID_BY_USE.length()) : name));
    }

    static ServiceTier ofWireName(String name) {
        ServiceTier tier = BY_WIRE_NAME.get(name);
        if (tier == null) {
            throw new IllegalArgumentException("service tier: " + name + " (expected: flex, priority, batch)");
        }
        return tier;
    }
}
