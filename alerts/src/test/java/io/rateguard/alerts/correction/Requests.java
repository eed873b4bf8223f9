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
        RequestEvent.Call call = new RequestEvent.Call(API, "openai", "POST", "/", "/", model, null, false, 0, 0, 1);
        return of(call, 200, new RequestEvent.Metering(usage, source, costNanos, "old", false, null, 0, 0), charges);
    }

    /** A call that no model decides the cost of. */
    static RequestEvent ofCall(String path, int status, RequestEvent.Metering metering) {
        RequestEvent.Call call = new RequestEvent.Call(API, "stripe", "POST", path, path, null, null, false, 0, 0, 1);
        return of(call, status, metering, List.of());
    }

    static RequestEvent servedBy(String model, RequestEvent event) {
        RequestEvent.Call asked = event.call();
        RequestEvent.Call call =
                new RequestEvent.Call(API, asked.apiSlug(), "POST", "/", "/", asked.model(), model, false, 0, 0, 1);
        return of(call, 200, event.metering(), event.charges());
    }

    private static RequestEvent of(
            RequestEvent.Call call, int status, RequestEvent.Metering metering, List<Charge> charges) {
        long at = AT.toEpochMilli();
        return new RequestEvent(
                RequestId.create(at, () -> 7),
                new RequestEvent.Caller(WORKSPACE, KEY, "ci", "search", "acme", Map.of()),
                call,
                new RequestEvent.Times(at, at, at, 0, 0, 0, 0),
                new RequestEvent.Verdict(Decision.ALLOWED, status, Outcome.COMPLETED, null, false),
                metering,
                charges);
    }
}
