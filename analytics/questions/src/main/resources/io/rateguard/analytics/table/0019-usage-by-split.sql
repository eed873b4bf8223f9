-- Usage by hours, days and weeks of UTC, weeks from Monday on: the middle of long ranges, whose ends are answered by quarter
-- hours and minutes, and charts by hour and day in zones that are whole hours away. It takes the place of usage_by_span, which
-- had no hours by key and endpoint. A split is there in the spans that questions need:
--   all       everything together: hours
--   model     by API and model: hours, days, weeks
--   key       by the key alone: hours, days, weeks
--   key.model   by key, API and model: days
--   endpoint  by endpoint, API and model: hours, days, weeks
--   customer  days with API and model, weeks without: there may be very many customers
--   tag.<name>  the values of a tag: hours without API and model, days with them
-- Only the rows of one split and span may be added up. Latencies are not there by customer and tag, and have six binary digits
-- here, so that those of a long range are added up soon.
-- The sort key serves the one question asked: one workspace, one split and one span over a range of time.
CREATE TABLE IF NOT EXISTS usage_by_split
(
    workspace_id UUID,
    split        LowCardinality(String),
    span         LowCardinality(String) COMMENT 'hour, day or week',
    start        DateTime('UTC'),
    value        String COMMENT 'the key, endpoint, customer or value of the tag',
    api          LowCardinality(String),
    model        LowCardinality(String),
    decision     LowCardinality(String),
    requests     SimpleAggregateFunction(sum, UInt64),
    errors       SimpleAggregateFunction(sum, UInt64),
    cost_nanos   SimpleAggregateFunction(sum, Int64),
    used         AggregateFunction(sumForEach, Array(UInt64)),
    latency      AggregateFunction(quantilesBFloat16(0.5, 0.95, 0.99), Int64)
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(start)
ORDER BY (workspace_id, split, span, start, value, api, model, decision)
SETTINGS non_replicated_deduplication_window = 10000;

-- Of each split and span: whether its rows have API and model, and latencies.
CREATE MATERIALIZED VIEW IF NOT EXISTS usage_by_split_view TO usage_by_split AS
WITH
    toString(ifNull(r.key_id, toUUID('00000000-0000-0000-0000-000000000000'))) AS key,
    ifNull(r.customer, '') AS customer,
    toInt64(exp2(greatest(floor(log2(greatest(r.total_micros, 1))) - 5, 0))) AS step
SELECT
    r.workspace_id AS workspace_id,
    part.1 AS split,
    part.2 AS span,
    multiIf(
        span = 'hour', toStartOfHour(r.charged_at),
        span = 'day', toStartOfDay(r.charged_at, 'UTC'),
        toDateTime(toMonday(r.charged_at, 'UTC'), 'UTC')) AS start,
    part.3 AS value,
    if(part.4, r.api, '') AS api,
    if(part.4, ifNull(r.model, ''), '') AS model,
    r.decision AS decision,
    count() AS requests,
    countIf(r.decision = 'allowed'
        AND (r.status >= 400 OR r.outcome IN ('upstream-cut', 'unreachable', 'timeout', 'interrupted'))) AS errors,
    sum(r.cost_nanos) AS cost_nanos,
    sumForEachState(r.used) AS used,
    quantilesBFloat16StateIf(0.5, 0.95, 0.99)(intDiv(r.total_micros, step) * step + intDiv(step, 2), part.5) AS latency
FROM requests AS r
ARRAY JOIN arrayConcat(
    [
        ('all', 'hour', '', false, true),
        ('model', 'hour', '', true, true), ('model', 'day', '', true, true), ('model', 'week', '', true, true),
        ('key', 'hour', key, false, true), ('key', 'day', key, false, true), ('key', 'week', key, false, true),
        ('key.model', 'day', key, true, true),
        ('endpoint', 'hour', r.endpoint, true, true), ('endpoint', 'day', r.endpoint, true, true),
        ('endpoint', 'week', r.endpoint, true, true),
        ('customer', 'day', customer, true, false), ('customer', 'week', customer, false, false)],
    arrayMap((tag, value) -> (concat('tag.', tag), 'hour', value, false, false), mapKeys(r.tags), mapValues(r.tags)),
    arrayMap((tag, value) -> (concat('tag.', tag), 'day', value, true, false), mapKeys(r.tags), mapValues(r.tags))) AS part
GROUP BY workspace_id, split, span, start, value, api, model, decision;

-- No request happened: only what it cost differs.
CREATE MATERIALIZED VIEW IF NOT EXISTS usage_by_split_adjustments_view TO usage_by_split AS
WITH
    toString(ifNull(a.key_id, toUUID('00000000-0000-0000-0000-000000000000'))) AS key,
    ifNull(a.customer, '') AS customer
SELECT
    a.workspace_id AS workspace_id,
    part.1 AS split,
    part.2 AS span,
    multiIf(
        span = 'hour', toStartOfHour(a.charged_at),
        span = 'day', toStartOfDay(a.charged_at, 'UTC'),
        toDateTime(toMonday(a.charged_at, 'UTC'), 'UTC')) AS start,
    part.3 AS value,
    if(part.4, a.api, '') AS api,
    if(part.4, ifNull(a.model, ''), '') AS model,
    a.decision AS decision,
    sum(a.cost_nanos) AS cost_nanos
FROM adjustments AS a
ARRAY JOIN arrayConcat(
    [
        ('all', 'hour', '', false),
        ('model', 'hour', '', true), ('model', 'day', '', true), ('model', 'week', '', true),
        ('key', 'hour', key, false), ('key', 'day', key, false), ('key', 'week', key, false),
        ('key.model', 'day', key, true),
        ('endpoint', 'hour', a.endpoint, true), ('endpoint', 'day', a.endpoint, true), ('endpoint', 'week', a.endpoint, true),
        ('customer', 'day', customer, true), ('customer', 'week', customer, false)],
    arrayMap((tag, value) -> (concat('tag.', tag), 'hour', value, false), mapKeys(a.tags), mapValues(a.tags)),
    arrayMap((tag, value) -> (concat('tag.', tag), 'day', value, true), mapKeys(a.tags), mapValues(a.tags))) AS part
GROUP BY workspace_id, split, span, start, value, api, model, decision;
