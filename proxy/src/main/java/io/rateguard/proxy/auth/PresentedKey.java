package io.rateguard.proxy.auth;

import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Finds the RateGuard key where the official clients of each provider put theirs. */
public final class PresentedKey {

    /** The headers that may carry it; none of them goes upstream. */
    public static final List<String> HEADERS = List.of("authorization", "x-api-key", "api-key", "x-goog-api-key");

    /** The query parameter that may carry it. */
    public static final String QUERY_PARAMETER = "key";

    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    private PresentedKey() {}

    /** The first text that looks like a RateGuard key, else the first credential there is. */
    public static Optional<String> in(HttpHeaders headers, String query) {
        Optional<String> other = Optional.empty();
        for (String header : HEADERS) {
            String value = headers.get(header);
            if (value == null) {
                continue;
            }
            String credential = header.equals("authorization") ? ofAuthorization(value) : value.strip();
            if (credential.startsWith("rg_")) {
                return Optional.of(credential);
            }
            other = other.isPresent() ? other : Optional.of(credential);
        }
        for (String parameter : Query.parameters(query)) {
            if (Query.isKey(parameter)) {
                return Optional.of(Query.value(parameter));
            }
            if (other.isEmpty() && Query.name(parameter).equals(QUERY_PARAMETER)) {
                other = Optional.of(Query.value(parameter));
            }
        }
        return other;
    }

    private static String ofAuthorization(String value) {
        if (value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return value.substring(BEARER.length()).strip();
        }
        if (value.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return userOf(value.substring(BASIC.length()).strip());
        }
        return value.strip();
    }

    private static String userOf(String base64) {
        try {
            String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? pair : pair.substring(0, colon);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
