package io.rateguard.console.alerts;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An alert rule as a client describes it. */
public record NewAlertRule(
        @Nullable String name,
        @Nullable When when,
        @Nullable List<String> channels) {

    /**
     * @param subject a budget's id; absent for every budget
     * @param percent a threshold; absent for every one of the ladder
     */
    public record When(
            @Nullable String type,
            @Nullable String subject,
            @Nullable Integer percent,
            @Nullable JsonNode windowSeconds,
            @Nullable JsonNode minimum) {}
}
