package io.rateguard.console.limits;

import io.rateguard.console.rest.NotYet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A limit as a client describes it. */
public record NewLimit(
        @Nullable String name,
        @Nullable JsonNode match,
        @Nullable JsonNode per,
        @Nullable JsonNode limit,
        @Nullable String mode,
        @Nullable JsonNode queueMillis,
        @Nullable String onStoreFailure,
        @Nullable JsonNode weightsPermille) {

    void refuseWhatIsNotSupported() {
        NotYet.refuseUnless("queueMillis", queueMillis, "0");
    }
}
