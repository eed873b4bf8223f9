-- The core rollup: usage, spend and latency by minute, so that the days of every time zone can be formed.
-- The sort key serves every chart and pivot of one workspace over a range of time, by API, key, endpoint and model.
-- What is absent in an event is '' here, and the zero id for a key. An error is an allowed request that failed.
CREATE TABLE IF NOT EXISTS usage_by_minute
(
    workspace_id UUID,
    minute       DateTime('UTC'),
    api          LowCardinality(String),
    key_id       UUID,
    endpoint     LowCardinality(String),
    model        LowCardinality(String),
    decision     LowCardinality(String),
    requests     SimpleAggregateFunction(sum, UInt64),
    errors       SimpleAggregateFunction(sum, UInt64),
    cost_nanos   SimpleAggregateFunction(sum, Int64),
    tokens       AggregateFunction(sumMap, Map(String, UInt64)),
    latency      AggregateFunction(quantilesBFloat16(0.5, 0.95, 0.99), Int64)
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(minute)
ORDER BY (workspace_id, minute, api, key_id, endpoint, model, decision)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE MATERIALIZED VIEW IF NOT EXISTS usage_by_minute_view TO usage_by_minute AS
SELECT
    r.workspace_id AS workspace_id,
    toStartOfMinute(r.charged_at) AS minute,
    r.api AS api,
    ifNull(r.key_id, toUUID('00000000-0000-0000-0000-000000000000')) AS key_id,
    r.endpoint AS endpoint,
    ifNull(r.model, '') AS model,
    r.decision AS decision,
    count() AS requests,
    countIf(r.decision = 'allowed'
        AND (r.status >= 400 OR r.outcome IN ('upstream-cut', 'unreachable', 'timeout', 'interrupted'))) AS errors,
    sum(r.cost_nanos) AS cost_nanos,
    sumMapState(CAST(r.usage, 'Map(String, UInt64)')) AS tokens,
    quantilesBFloat16State(0.5, 0.95, 0.99)(r.total_micros) AS latency
FROM requests AS r
GROUP BY workspace_id, minute, api, key_id, endpoint, model, decision;
