package io.rateguard.console.keys;

import io.rateguard.console.rest.NotYet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A key as a client describes it; {@code apis} absent or null means every API, those to come too. */
public record NewKey(
        @Nullable String name,
        @Nullable String environment,
        @Nullable List<String> apis,
        @Nullable Map<String, String> tags,
        @Nullable String project,
        @Nullable String customer,
        @Nullable Instant expiresAt,
        @Nullable JsonNode models,
        @Nullable JsonNode endpoints,
        @Nullable JsonNode ipRanges,
        @Nullable JsonNode customerHeader) {

    void refuseWhatIsNotSupported() {
        NotYet.refuse("models", models);
        NotYet.refuse("endpoints", endpoints);
        NotYet.refuse("ipRanges", ipRanges);
        NotYet.refuseUnless("customerHeader", customerHeader, "ignored");
    }
}
