-- The core rollup by 15 minutes without key and endpoint: many times fewer rows, for totals, charts and what is split by API
-- and model. Made, as that is, of what reaches the rollup by minute, so adjusting entries are in it.
-- The sort key serves them all: one workspace over a range of time. Its key and endpoint are those of what has none, so that
-- the same question can be asked of both.
CREATE TABLE IF NOT EXISTS usage_by_model
(
    workspace_id UUID,
    quarter      DateTime('UTC'),
    api          LowCardinality(String),
    key_id       UUID ALIAS toUUID('00000000-0000-0000-0000-000000000000'),
    endpoint     String ALIAS '',
    model        LowCardinality(String),
    decision     LowCardinality(String),
    requests     SimpleAggregateFunction(sum, UInt64),
    errors       SimpleAggregateFunction(sum, UInt64),
    cost_nanos   SimpleAggregateFunction(sum, Int64),
    tokens       AggregateFunction(sumMap, Map(String, UInt64)),
    latency      AggregateFunction(quantilesBFloat16(0.5, 0.95, 0.99), Int64)
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(quarter)
ORDER BY (workspace_id, quarter, api, model, decision)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE MATERIALIZED VIEW IF NOT EXISTS usage_by_model_view TO usage_by_model AS
SELECT
    u.workspace_id AS workspace_id,
    toStartOfFifteenMinutes(u.minute) AS quarter,
    u.api AS api,
    u.model AS model,
    u.decision AS decision,
    sum(u.requests) AS requests,
    sum(u.errors) AS errors,
    sum(u.cost_nanos) AS cost_nanos,
    sumMapMergeState(u.tokens) AS tokens,
    quantilesBFloat16MergeState(0.5, 0.95, 0.99)(u.latency) AS latency
FROM usage_by_minute AS u
GROUP BY workspace_id, quarter, api, model, decision;
