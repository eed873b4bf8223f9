-- What is split by key, endpoint or customer alone, by days of UTC: the middle of a long range, whose ends are answered by
-- quarter hours and minutes. A day of UTC is no day of every zone, so it serves ranges in total and nothing finer. Each
-- request counts once in each split, so only the rows of one split may be added up. Made of what reaches the rollups by minute
-- and by customer, so adjusting entries are in it. Latencies are there as in those: not by customer.
-- The sort key serves the one question asked: one workspace and one split over a range of time.
CREATE TABLE IF NOT EXISTS usage_by_day
(
    workspace_id UUID,
    split        LowCardinality(String) COMMENT 'key, endpoint or customer',
    day          Date,
    value        String,
    api          LowCardinality(String),
    model        LowCardinality(String),
    decision     LowCardinality(String),
    requests     SimpleAggregateFunction(sum, UInt64),
    errors       SimpleAggregateFunction(sum, UInt64),
    cost_nanos   SimpleAggregateFunction(sum, Int64),
    tokens       AggregateFunction(sumMap, Map(String, UInt64)),
    latency      AggregateFunction(quantilesBFloat16(0.5, 0.95, 0.99), Int64)
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (workspace_id, split, day, value, api, model, decision)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE MATERIALIZED VIEW IF NOT EXISTS usage_by_day_view TO usage_by_day AS
SELECT
    u.workspace_id AS workspace_id,
    split,
    toDate(u.minute, 'UTC') AS day,
    if(split = 'key', toString(u.key_id), u.endpoint) AS value,
    u.api AS api,
    u.model AS model,
    u.decision AS decision,
    sum(u.requests) AS requests,
    sum(u.errors) AS errors,
    sum(u.cost_nanos) AS cost_nanos,
    sumMapMergeState(u.tokens) AS tokens,
    quantilesBFloat16MergeState(0.5, 0.95, 0.99)(u.latency) AS latency
FROM usage_by_minute AS u ARRAY JOIN ['key', 'endpoint'] AS split
GROUP BY workspace_id, split, day, value, api, model, decision;

CREATE MATERIALIZED VIEW IF NOT EXISTS usage_by_day_customer_view TO usage_by_day AS
SELECT
    u.workspace_id AS workspace_id,
    'customer' AS split,
    toDate(u.quarter, 'UTC') AS day,
    u.customer AS value,
    u.api AS api,
    u.model AS model,
    u.decision AS decision,
    sum(u.requests) AS requests,
    sum(u.errors) AS errors,
    sum(u.cost_nanos) AS cost_nanos,
    sumMapMergeState(u.tokens) AS tokens
FROM usage_by_customer AS u
GROUP BY workspace_id, split, day, value, api, model, decision;
