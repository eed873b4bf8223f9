package io.rateguard.console.alerts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An alert rule as a client describes it. */
public record NewAlertRule(
        @Nullable String name,
        @Nullable When when,
        @Nullable List<String> channels) {

    /**
     * @param subject a budget's id, an API's slug, a key's id or a model, by the type; absent for all of them
     * @param percent from where it is told; absent for the type's own, or for every threshold of a ladder
     * @param millis as percent, of latency
     * @param windowSeconds how much of the past is judged
     * @param minimum requests that make the window worth a judgement
     */
    public record When(
            @Nullable String type,
            @Nullable String subject,
            @Nullable Integer percent,
            @Nullable Integer millis,
            @Nullable Integer windowSeconds,
            @Nullable Integer minimum) {}
}
