package io.rateguard.demo;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request with its body read; query is as sent, empty if there was none. */
record Call(String method, String path, String query, HttpHeaders headers, byte[] body) {

    /** The credential it came with: a bearer token or an {@code x-api-key}. */
    Optional<String> credential() {
        String authorization = headers.get("authorization");
        if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return Optional.of(authorization.substring(7).strip());
        }
        return Optional.ofNullable(headers.get("x-api-key"));
    }

    Map<String, List<String>> headerValues() {
        Map<String, List<String>> values = new TreeMap<>();
        headers.forEach(
                header -> values.computeIfAbsent(header.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(header.getValue()));
        return values;
    }
}
