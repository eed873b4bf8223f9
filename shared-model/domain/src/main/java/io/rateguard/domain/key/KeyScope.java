package io.rateguard.domain.key;

import io.rateguard.domain.limit.Glob;
import io.rateguard.domain.net.AddressRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a key may be used for. Where it names no models, endpoints or addresses, all are meant.
 *
 * @param apis slugs; null means every API, those to come too
 * @param endpoints patterns of the path at the upstream, compared as those of limits are
 * @param ipRanges where its callers may be
 */
public record KeyScope(
        @Nullable Set<String> apis, List<Glob> models, List<Glob> endpoints, List<AddressRange> ipRanges) {

    public static final KeyScope ALL = new KeyScope(null, List.of(), List.of(), List.of());

    private static final int MOST_OF_A_KIND = 100;
    private static final int MOST_CHARS = 200;

    public KeyScope {
        apis = apis == null ? null : Set.copyOf(apis);
        models = List.copyOf(models);
        endpoints = List.copyOf(endpoints);
        ipRanges = List.copyOf(ipRanges);
    }

    /** @throws IllegalArgumentException naming the field and the value that is none */
    public static KeyScope parse(
            @Nullable Set<String> apis, List<String> models, List<String> endpoints, List<String> ipRanges) {
        return new KeyScope(
                apis,
                each("models", models, Glob::ofName, "the name of a model, with * for any text"),
                each("endpoints", endpoints, Glob::ofPath, "a pattern of a path, such as /v1/chat/**"),
                each(
                        "ipRanges",
                        ipRanges,
                        AddressRange::parseBlock,
                        "an IP address or block, such as 10.0.0.0/8 or 2001:db8::/32"));
    }

    public boolean allowsApi(String slug) {
        return apis == null || apis.contains(slug);
    }

    /** @param model null where the request names none that can be read */
    public boolean allowsModel(@Nullable String model) {
        return models.isEmpty() || model != null && matches(models, model);
    }

    /** @param path decoded, in small letters and without empty segments */
    public boolean allowsEndpoint(String path) {
        return endpoints.isEmpty() || matches(endpoints, path);
    }

    /** @param address as numbers; anything else is nowhere */
    public boolean allowsAddress(String address) {
        if (ipRanges.isEmpty()) {
            return true;
        }
        try {
            InetAddress caller = InetAddress.ofLiteral(address);
            return ipRanges.stream().anyMatch(range -> range.contains(caller));
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private static boolean matches(List<Glob> patterns, String text) {
        for (Glob pattern : patterns) {
            if (pattern.matches(text)) {
                return true;
            }
        }
        return false;
    }

    private static <T> List<T> each(String field, List<String> texts, Function<String, T> parse, String expected) {
        if (texts.size() > MOST_OF_A_KIND) {
            throw new IllegalArgumentException(
                    field + ": " + texts.size() + " (expected: " + MOST_OF_A_KIND + " at most)");
        }
        List<T> parsed = new ArrayList<>(texts.size());
        for (@Nullable String text : texts) {
            if (text == null || text.length() > MOST_CHARS || text.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(field + ": "
                        + (text == null ? "null" : text.length() + " characters") + " (expected: " + expected
                        + ", of " + MOST_CHARS + " characters at most and no control characters)");
            }
            try {
                parsed.add(parse.apply(text));
            } catch (IllegalArgumentException malformed) {
                throw new IllegalArgumentException(
                        field + ": \"" + text + "\" (expected: " + expected + ")", malformed);
            }
        }
        return parsed;
    }
}
