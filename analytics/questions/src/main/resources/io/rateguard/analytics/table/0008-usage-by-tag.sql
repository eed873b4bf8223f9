-- Usage by the name and value of a tag and by 15 minutes. A request counts once for each of its tags, so only the rows of
-- one name may be added up; what does not have the tag is in none of them. Latencies are in the core rollup alone.
-- The sort key serves the one question asked: one workspace and one name over a range of time.
CREATE TABLE IF NOT EXISTS usage_by_tag
(
    workspace_id UUID,
    tag          LowCardinality(String),
    quarter      DateTime('UTC'),
    value        String,
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
ORDER BY (workspace_id, tag, quarter, value, api, key_id, model, decision)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE MATERIALIZED VIEW IF NOT EXISTS usage_by_tag_view TO usage_by_tag AS
SELECT
    r.workspace_id AS workspace_id,
    tag,
    toStartOfFifteenMinutes(r.charged_at) AS quarter,
    value,
    r.api AS api,
    ifNull(r.key_id, toUUID('00000000-0000-0000-0000-000000000000')) AS key_id,
    ifNull(r.model, '') AS model,
    r.decision AS decision,
    count() AS requests,
    countIf(r.decision = 'allowed'
        AND (r.status >= 400 OR r.outcome IN ('upstream-cut', 'unreachable', 'timeout', 'interrupted'))) AS errors,
    sum(r.cost_nanos) AS cost_nanos,
    sumMapState(CAST(r.usage, 'Map(String, UInt64)')) AS tokens
FROM requests AS r ARRAY JOIN mapKeys(r.tags) AS tag, mapValues(r.tags) AS value
GROUP BY workspace_id, tag, quarter, value, api, key_id, model, decision;

CREATE MATERIALIZED VIEW IF NOT EXISTS usage_by_tag_adjustments_view TO usage_by_tag AS
SELECT
    a.workspace_id AS workspace_id,
    tag,
    toStartOfFifteenMinutes(a.charged_at) AS quarter,
    value,
    a.api AS api,
    ifNull(a.key_id, toUUID('00000000-0000-0000-0000-000000000000')) AS key_id,
    ifNull(a.model, '') AS model,
    a.decision AS decision,
    sum(a.cost_nanos) AS cost_nanos
FROM adjustments AS a ARRAY JOIN mapKeys(a.tags) AS tag, mapValues(a.tags) AS value
GROUP BY workspace_id, tag, quarter, value, api, key_id, model, decision;
