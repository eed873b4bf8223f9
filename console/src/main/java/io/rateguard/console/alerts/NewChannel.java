package io.rateguard.console.alerts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A channel as a client describes it. */
public record NewChannel(
        @Nullable String name,
        @Nullable String type,
        @Nullable Target target) {

    /** @param to of email; the others of their own types */
    public record Target(
            @Nullable List<String> to,
            @Nullable String webhookUrl,
            @Nullable String url,
            @Nullable String secret) {

        /** Without what is secret. */
        @Override
        public String toString() {
            return "Target[to=" + to + "]";
        }
    }
}
