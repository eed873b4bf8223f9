package io.rateguard.domain.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What kind of provider an API is: decides the dialects its paths speak, how it takes its credential by default, and
 * where the price catalogue looks for its models.
 */
public enum Profile {
    OPENAI(AuthType.BEARER, List.of("openai")),
    ANTHROPIC(AuthType.HEADER, List.of("anthropic")),
    /** The demo provider: OpenAI chat, Anthropic messages and plain REST at one address. */
    DEMO(AuthType.BEARER, List.of("demo", "openai", "anthropic")),
    /** Any HTTP API. */
    GENERIC(AuthType.BEARER, List.of());

    private final AuthType defaultAuth;
    private final List<String> priceProviders;

    Profile(AuthType defaultAuth, List<String> priceProviders) {
        this.defaultAuth = defaultAuth;
        this.priceProviders = priceProviders;
    }

    public AuthType defaultAuth() {
        return defaultAuth;
    }

    /** The providers of the price catalogue to look in, in order. */
    public List<String> priceProviders() {
        return priceProviders;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Profile ofWireName(String name) {
        return Arrays.stream(values())
                .filter(profile -> profile.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("profile: " + name + " (expected: "
                        + Arrays.stream(values()).map(Profile::wireName).collect(Collectors.joining(", ")) + ")"));
    }
}
