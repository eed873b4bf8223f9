-- Adjusting entries: what a request's cost was corrected by, beside the request, which stays as it was recorded. A figure
-- of costs is the sum of both tables, so cost_nanos and charged_nanos are differences here, and either may be negative.
-- Whose cost it is stands in the same columns as in requests, as it was then; charged_at is the request's charge instant.
-- The sort key serves the request log (the entries of the requests on a page) and scans of one workspace over a range of
-- time.
CREATE TABLE IF NOT EXISTS adjustments
(
    adjustment_id   UUID,
    request_id      String,
    workspace_id    UUID,
    key_id          Nullable(UUID),
    key_name        LowCardinality(Nullable(String)),
    project         LowCardinality(Nullable(String)),
    customer        Nullable(String),
    tags            Map(LowCardinality(String), String),
    api_id          Nullable(UUID),
    api             LowCardinality(String),
    endpoint        LowCardinality(String),
    model           LowCardinality(Nullable(String)),
    charged_at      DateTime64(3, 'UTC'),
    decision        LowCardinality(String),
    adjusted_at     DateTime64(3, 'UTC'),
    reason          LowCardinality(String) COMMENT 'rerate or manual',
    rerate_id       Nullable(UUID),
    author          Nullable(String),
    note            Nullable(String),
    cost_nanos      Int64 COMMENT 'a difference',
    price_version   LowCardinality(Nullable(String)) COMMENT 'the price after it',
    charges         Array(Tuple(
                        budget_id           UUID,
                        window              String,
                        window_start_millis Int64,
                        window_end_millis   Int64,
                        held_nanos          Int64,
                        charged_nanos       Int64)),
    kafka_partition Int32,
    kafka_offset    Int64,
    journal         UUID,
    sequence        Int64,
    INDEX by_request_id request_id TYPE bloom_filter(0.01) GRANULARITY 4
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(charged_at)
ORDER BY (workspace_id, charged_at, request_id, adjustment_id)
SETTINGS non_replicated_deduplication_window = 10000;

-- No request happened: only what it cost differs.
CREATE MATERIALIZED VIEW IF NOT EXISTS usage_by_minute_adjustments_view TO usage_by_minute AS
SELECT
    a.workspace_id AS workspace_id,
    toStartOfMinute(a.charged_at) AS minute,
    a.api AS api,
    ifNull(a.key_id, toUUID('00000000-0000-0000-0000-000000000000')) AS key_id,
    a.endpoint AS endpoint,
    ifNull(a.model, '') AS model,
    a.decision AS decision,
    sum(a.cost_nanos) AS cost_nanos
FROM adjustments AS a
GROUP BY workspace_id, minute, api, key_id, endpoint, model, decision;

CREATE MATERIALIZED VIEW IF NOT EXISTS budget_charges_adjustments_view TO budget_charges AS
SELECT
    workspace_id,
    charge.budget_id AS budget_id,
    charge.window AS window,
    charge.window_start_millis AS window_start_millis,
    charge.window_end_millis AS window_end_millis,
    journal,
    sum(charge.charged_nanos) AS charged_nanos
FROM adjustments ARRAY JOIN charges AS charge
GROUP BY workspace_id, budget_id, window, window_start_millis, window_end_millis, journal;

-- What the provider said that it charges; older rows do not say.
ALTER TABLE requests ADD COLUMN IF NOT EXISTS reported_cost_nanos Nullable(Int64) AFTER overshoot_nanos;
