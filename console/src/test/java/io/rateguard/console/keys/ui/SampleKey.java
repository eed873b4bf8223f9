package io.rateguard.console.keys.ui;

import io.rateguard.console.keys.Keys.Key;
import io.rateguard.console.keys.NewKey;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.key.CustomerHeader;
import io.rateguard.domain.key.KeyState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A key as a screen has it. */
final class SampleKey {

    private SampleKey() {}

    static Key ending(Instant end) {
        return of(end, null, List.of(), List.of(), List.of());
    }

    static Key keptTo(List<String> apis, List<String> models, List<String> endpoints, List<String> ipRanges) {
        return of(null, apis, models, endpoints, ipRanges);
    }

    /** An edit of the sample key to these. */
    static NewKey wanted(List<String> apis, List<String> models, List<String> endpoints, List<String> ipRanges) {
        return new NewKey("ci", "live", apis, null, null, null, null, null, null, models, endpoints, ipRanges);
    }

    private static Key of(
            Instant end, List<String> apis, List<String> models, List<String> endpoints, List<String> ipRanges) {
        ApiKeyId id = new ApiKeyId(new UUID(0, 1));
        return new Key(
                id,
                id,
                null,
                "ci",
                "live",
                "rg_live_abcd",
                KeyState.ACTIVE,
                apis,
                models,
                endpoints,
                ipRanges,
                Map.of(),
                null,
                null,
                null,
                CustomerHeader.IGNORED,
                null,
                end,
                null,
                Instant.parse("2026-11-27T10:00:00Z"),
                0);
    }
}
