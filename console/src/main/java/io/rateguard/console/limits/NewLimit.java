package io.rateguard.console.limits;

import io.rateguard.console.rest.NotYet;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.limit.LimitShapes;
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

    /** As the limit is. */
    public static NewLimit of(LimitRule rule) {
        return new NewLimit(
                rule.name(),
                LimitShapes.json(rule.match()),
                LimitShapes.json(rule.per()),
                LimitShapes.json(rule.limit()),
                rule.mode().wireName(),
                null,
                rule.onStoreFailure().wireName(),
                LimitShapes.json(rule.weights()));
    }

    void refuseWhatIsNotSupported() {
        NotYet.refuseUnless("queueMillis", queueMillis, "0");
    }
}
