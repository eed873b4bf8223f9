package io.rateguard.demo;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** A request with its body read; query is as sent, empty if there was none. */
record Call(String method, String path, String query, HttpHeaders headers, byte[] body) {

    private static final List<String> KEY_HEADERS = List.of("x-api-key", "api-key", "x-goog-api-key");

    /** The credential it came with: a bearer token or a key in a header of its own. */
    Optional<String> credential() {
        String authorization = headers.get("authorization");
        if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return Optional.of(authorization.substring(7).strip());
        }
        return KEY_HEADERS.stream().map(headers::get).filter(Objects::nonNull).findFirst();
    }

    Map<String, List<String>> headerValues() {
        Map<String, List<String>> values = new TreeMap<>();
        headers.forEach(
                header -> values.computeIfAbsent(header.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(header.getValue()));
        return values;
    }
}
