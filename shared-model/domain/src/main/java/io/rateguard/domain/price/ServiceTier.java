package io.rateguard.domain.price;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** The names of the default tier, of the choice that providers leave between it and what costs the same, and of none. */
    private static final Set<String> DEFAULT =
            Set.of("", "default", "auto", "standard", "standard_only", "on_demand", FLEX.wireName());

    /** Whether a tier of this name costs as by default, or less: flex is cheaper where it has rates of its own. */
    static boolean costsNoMoreThanDefault(@Nullable String name) {
        return name == null || DEFAULT.contains(name.toLowerCase(Locale.ROOT));
    }

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
