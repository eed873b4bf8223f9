package io.rateguard.demo;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request as it arrived upstream.
 *
 * @param path without the query
 * @param query as sent, without the question mark; empty if there was none
 * @param headers by lower-case name, each with its values in order
 */
public record ReceivedRequest(
        String method, String path, String query, Map<String, List<String>> headers, byte[] body) {

    /** The first value of a header, whatever its case. */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.stream().findFirst();
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    ObjectNode json() {
        ObjectNode json =
                Json.newObject().put("method", method).put("path", path).put("query", query);
        ObjectNode byName = json.putObject("headers");
        headers.forEach((name, values) -> values.forEach(byName.withArray(name)::add));
        return json.put("body", bodyText());
    }
}
