package io.rateguard.alerts.testbed;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.Provenance;
import io.rateguard.analytics.table.RequestRows;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Requests of one workspace, as the intake writes them into ClickHouse. */
public final class Traffic {

    private final ClickHouse clickHouse;
    private final WorkspaceId workspace;

    Traffic(ClickHouse clickHouse, WorkspaceId workspace) {
        this.clickHouse = clickHouse;
        this.workspace = workspace;
    }

    /** So many requests of this kind at an instant. */
    public void record(int count, Instant at, Sort sort) {
        UUID journal = UUID.randomUUID();
        RequestRows rows = new RequestRows();
        for (int i = 0; i < count; i++) {
            rows.add(event(at.toEpochMilli(), sort), new Provenance(0, i, journal, i + 1L));
        }
        clickHouse.insert(rows.block(), journal.toString());
    }

    private RequestEvent event(long millis, Sort sort) {
        return new RequestEvent(
                RequestId.create(millis, RandomGenerator.getDefault()),
                new RequestEvent.Caller(
                        workspace, sort.key == null ? null : new ApiKeyId(sort.key), null, null, null, Map.of()),
                new RequestEvent.Call(
                        null, sort.api, "POST", "/", "/", sort.model, null, false, sort.bytes, 0, 1, sort.fingerprint),
                new RequestEvent.Times(millis, millis, millis, sort.millis * 1_000, 0, 0, 0),
                new RequestEvent.Verdict(sort.decision, sort.status, Outcome.COMPLETED, null, sort.degraded),
                new RequestEvent.Metering(
                        Usage.NONE, UsageSource.PROVIDER, sort.costNanos, "v", sort.unpriced, null, 0, 0),
                List.of());
    }

    /** What a request was like. */
    public record Sort(
            String api,
            @Nullable String model,
            Decision decision,
            int status,
            long millis,
            long costNanos,
            boolean unpriced,
            boolean degraded,
            @Nullable UUID key,
            long bytes,
            @Nullable Long fingerprint) {

        public static final Sort FINE =
                new Sort("demo", null, Decision.ALLOWED, 200, 100, 0, false, false, null, 0, null);

        public Sort status(int other) {
            return new Sort(
                    api, model, decision, other, millis, costNanos, unpriced, degraded, key, bytes, fingerprint);
        }

        public Sort refused() {
            return new Sort(
                    api, model, Decision.LIMITED, 429, millis, costNanos, unpriced, degraded, key, bytes, fingerprint);
        }

        public Sort taking(long other) {
            return new Sort(
                    api, model, decision, status, other, costNanos, unpriced, degraded, key, bytes, fingerprint);
        }

        public Sort costing(long nanos) {
            return new Sort(api, model, decision, status, millis, nanos, unpriced, degraded, key, bytes, fingerprint);
        }

        public Sort unpriced(String ofModel) {
            return new Sort(api, ofModel, decision, status, millis, costNanos, true, degraded, key, bytes, fingerprint);
        }

        /** From a key, with a body that was read. */
        public Sort alike(UUID by, long other) {
            return new Sort(api, model, decision, status, millis, costNanos, unpriced, degraded, by, bytes, other);
        }

        /** From a key, with a body of this length. */
        public Sort sent(UUID by, long length) {
            return new Sort(
                    api, model, decision, status, millis, costNanos, unpriced, degraded, by, length, fingerprint);
        }

        public Sort withoutRedis() {
            return new Sort(api, model, decision, status, millis, costNanos, unpriced, true, key, bytes, fingerprint);
        }
    }
}
