-- Usage by end-customer and by 15 minutes; '' is what names no customer. Latencies are in the core rollup alone.
-- The sort key serves the one question asked: all customers of one workspace over a range of time.
CREATE TABLE IF NOT EXISTS usage_by_customer
(
    workspace_id UUID,
    quarter      DateTime('UTC'),
    customer     String,
    api          LowCardinality(String),
    key_id       UUID,
    model        LowCardinality(String),
    decision     LowCardinality(String),
    requests     SimpleAggregateFunction(sum, UInt64),
    errors       SimpleAggregateFunction(sum, UInt64),
    cost_nanos   SimpleAggregateFunction(sum, Int64),
    tokens       AggregateFunction(sumMap, Map(String, UInt64))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(quarter)
ORDER BY (workspace_id, quarter, customer, api, key_id, model, decision)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE MATERIALIZED VIEW IF NOT EXISTS usage_by_customer_view TO usage_by_customer AS
SELECT
    r.workspace_id AS workspace_id,
    toStartOfFifteenMinutes(r.charged_at) AS quarter,
    ifNull(r.customer, '') AS customer,
    r.api AS api,
    ifNull(r.key_id, toUUID('00000000-0000-0000-0000-000000000000')) AS key_id,
    ifNull(r.model, '') AS model,
    r.decision AS decision,
    count() AS requests,
    countIf(r.decision = 'allowed'
        AND (r.status >= 400 OR r.outcome IN ('upstream-cut', 'unreachable', 'timeout', 'interrupted'))) AS errors,
    sum(r.cost_nanos) AS cost_nanos,
    sumMapState(CAST(r.usage, 'Map(String, UInt64)')) AS tokens
FROM requests AS r
GROUP BY workspace_id, quarter, customer, api, key_id, model, decision;

CREATE MATERIALIZED VIEW IF NOT EXISTS usage_by_customer_adjustments_view TO usage_by_customer AS
SELECT
    a.workspace_id AS workspace_id,
    toStartOfFifteenMinutes(a.charged_at) AS quarter,
    ifNull(a.customer, '') AS customer,
    a.api AS api,
    ifNull(a.key_id, toUUID('00000000-0000-0000-0000-000000000000')) AS key_id,
    ifNull(a.model, '') AS model,
    a.decision AS decision,
    sum(a.cost_nanos) AS cost_nanos
FROM adjustments AS a
GROUP BY workspace_id, quarter, customer, api, key_id, model, decision;
