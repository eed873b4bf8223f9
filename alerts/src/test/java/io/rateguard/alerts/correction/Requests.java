package io.rateguard.alerts.correction;

import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.event.RequestEvent.Charge;
import io.rateguard.domain.id.ApiId;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Recorded requests of one moment. */
final class Requests {

    static final ApiId API = new ApiId(new UUID(0, 3));
    static final WorkspaceId WORKSPACE = new WorkspaceId(new UUID(0, 1));
    static final ApiKeyId KEY = new ApiKeyId(new UUID(0, 4));
    static final Instant AT = Instant.parse("2026-11-15T12:00:00Z");

    private Requests() {}

    static RequestEvent of(String model, Usage usage, UsageSource source, long costNanos, List<Charge> charges) {
        long at = AT.toEpochMilli();
        return new RequestEvent(
                RequestId.create(at, () -> 7),
                new RequestEvent.Caller(WORKSPACE, KEY, "ci", "search", "acme", Map.of()),
                new RequestEvent.Call(API, "openai", "POST", "/", "/", model, null, false, 0, 0, 1),
                new RequestEvent.Times(at, at, at, 0, 0, 0, 0),
                new RequestEvent.Verdict(Decision.ALLOWED, 200, Outcome.COMPLETED, null, false),
                new RequestEvent.Metering(usage, source, costNanos, "old", false, null, 0, 0),
                charges);
    }
}
