-- The core rollup by 15 minutes, the widest step that the days of every time zone can be formed from: what long ranges are
-- answered from. It is made of what reaches the rollup by minute, adjusting entries too.
-- The sort key is that of the rollup by minute, and serves the same questions.
CREATE TABLE IF NOT EXISTS usage_by_quarter
(
    workspace_id UUID,
    quarter      DateTime('UTC'),
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
PARTITION BY toYYYYMM(quarter)
ORDER BY (workspace_id, quarter, api, key_id, endpoint, model, decision)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE MATERIALIZED VIEW IF NOT EXISTS usage_by_quarter_view TO usage_by_quarter AS
SELECT
    u.workspace_id AS workspace_id,
    toStartOfFifteenMinutes(u.minute) AS quarter,
    u.api AS api,
    u.key_id AS key_id,
    u.endpoint AS endpoint,
    u.model AS model,
    u.decision AS decision,
    sum(u.requests) AS requests,
    sum(u.errors) AS errors,
    sum(u.cost_nanos) AS cost_nanos,
    sumMapMergeState(u.tokens) AS tokens,
    quantilesBFloat16MergeState(0.5, 0.95, 0.99)(u.latency) AS latency
FROM usage_by_minute AS u
GROUP BY workspace_id, quarter, api, key_id, endpoint, model, decision;
