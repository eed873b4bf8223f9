-- What was used, as a list of counts in the order of the classes here; zeros at the end are left out. Its sums cost a small
-- part of what those of a map by name cost to write, to merge and to read.
ALTER TABLE requests ADD COLUMN IF NOT EXISTS used Array(UInt64) ALIAS arrayResize(
    [usage['input'], usage['output'], usage['cache_read'], usage['reasoning'], usage['cache_write_5m'],
        usage['cache_write_1h'], usage['input_audio'], usage['cache_read_audio'], usage['input_image'],
        usage['cache_read_image'], usage['input_video'], usage['citation'], usage['output_audio'], usage['output_image'],
        usage['output_video'], usage['web_searches'], usage['preview_searches'], usage['tool_calls'], usage['seconds'],
        usage['characters'], usage['images'], usage['requests'], usage['value_micros']] AS counts,
    arrayLastIndex(count -> count > 0, counts));

-- Usage by hours, days and weeks of UTC, weeks from Monday on: the middle of long ranges, whose ends are answered by quarter
-- hours and minutes, and charts by hour and day in zones that are whole hours away. A span is there for the splits that need it:
--   model     by API and model alone: hours and days
--   key       days with API and model, weeks without: there may be very many keys
--   endpoint  days and weeks, both with API and model
--   customer  as keys
--   tag.<name>  the values of a tag: hours without API and model, days with them
-- Only the rows of one split and span may be added up. Latencies are not there by customer and tag. It takes the place of
-- usage_by_day.
-- The sort key serves the one question asked: one workspace, one split and one span over a range of time.
CREATE TABLE IF NOT EXISTS usage_by_span
(
    workspace_id UUID,
    split        LowCardinality(String),
    span         LowCardinality(String) COMMENT 'hour, day or week',
    start        DateTime('UTC'),
    value        String,
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

CREATE MATERIALIZED VIEW IF NOT EXISTS usage_by_span_view TO usage_by_span AS
SELECT
    r.workspace_id AS workspace_id,
    part.1 AS split,
    part.2 AS span,
    multiIf(
        span = 'hour', toStartOfHour(r.charged_at),
        span = 'day', toStartOfDay(r.charged_at, 'UTC'),
        toDateTime(toMonday(r.charged_at, 'UTC'), 'UTC')) AS start,
    multiIf(
        split = 'key', toString(ifNull(r.key_id, toUUID('00000000-0000-0000-0000-000000000000'))),
        split = 'endpoint', r.endpoint,
        split = 'customer', ifNull(r.customer, ''),
        '') AS value,
    if(span = 'week' AND split != 'endpoint', '', r.api) AS api,
    if(span = 'week' AND split != 'endpoint', '', ifNull(r.model, '')) AS model,
    r.decision AS decision,
    count() AS requests,
    countIf(r.decision = 'allowed'
        AND (r.status >= 400 OR r.outcome IN ('upstream-cut', 'unreachable', 'timeout', 'interrupted'))) AS errors,
    sum(r.cost_nanos) AS cost_nanos,
    sumForEachState(r.used) AS used,
    quantilesBFloat16StateIf(0.5, 0.95, 0.99)(r.total_micros, split != 'customer') AS latency
FROM requests AS r
ARRAY JOIN [
    ('model', 'hour'), ('model', 'day'),
    ('key', 'day'), ('key', 'week'),
    ('endpoint', 'day'), ('endpoint', 'week'),
    ('customer', 'day'), ('customer', 'week')] AS part
GROUP BY workspace_id, split, span, start, value, api, model, decision;

CREATE MATERIALIZED VIEW IF NOT EXISTS usage_by_span_tag_view TO usage_by_span AS
SELECT
    r.workspace_id AS workspace_id,
    concat('tag.', tag) AS split,
    arrayJoin(['hour', 'day']) AS span,
    if(span = 'hour', toStartOfHour(r.charged_at), toStartOfDay(r.charged_at, 'UTC')) AS start,
    value,
    if(span = 'day', r.api, '') AS api,
    if(span = 'day', ifNull(r.model, ''), '') AS model,
    r.decision AS decision,
    count() AS requests,
    countIf(r.decision = 'allowed'
        AND (r.status >= 400 OR r.outcome IN ('upstream-cut', 'unreachable', 'timeout', 'interrupted'))) AS errors,
    sum(r.cost_nanos) AS cost_nanos,
    sumForEachState(r.used) AS used
FROM requests AS r ARRAY JOIN mapKeys(r.tags) AS tag, mapValues(r.tags) AS value
GROUP BY workspace_id, split, span, start, value, api, model, decision;

-- No request happened: only what it cost differs.
CREATE MATERIALIZED VIEW IF NOT EXISTS usage_by_span_adjustments_view TO usage_by_span AS
SELECT
    a.workspace_id AS workspace_id,
    part.1 AS split,
    part.2 AS span,
    multiIf(
        span = 'hour', toStartOfHour(a.charged_at),
        span = 'day', toStartOfDay(a.charged_at, 'UTC'),
        toDateTime(toMonday(a.charged_at, 'UTC'), 'UTC')) AS start,
    multiIf(
        split = 'key', toString(ifNull(a.key_id, toUUID('00000000-0000-0000-0000-000000000000'))),
        split = 'endpoint', a.endpoint,
        split = 'customer', ifNull(a.customer, ''),
        '') AS value,
    if(span = 'week' AND split != 'endpoint', '', a.api) AS api,
    if(span = 'week' AND split != 'endpoint', '', ifNull(a.model, '')) AS model,
    a.decision AS decision,
    sum(a.cost_nanos) AS cost_nanos
FROM adjustments AS a
ARRAY JOIN [
    ('model', 'hour'), ('model', 'day'),
    ('key', 'day'), ('key', 'week'),
    ('endpoint', 'day'), ('endpoint', 'week'),
    ('customer', 'day'), ('customer', 'week')] AS part
GROUP BY workspace_id, split, span, start, value, api, model, decision;

CREATE MATERIALIZED VIEW IF NOT EXISTS usage_by_span_tag_adjustments_view TO usage_by_span AS
SELECT
    a.workspace_id AS workspace_id,
    concat('tag.', tag) AS split,
    arrayJoin(['hour', 'day']) AS span,
    if(span = 'hour', toStartOfHour(a.charged_at), toStartOfDay(a.charged_at, 'UTC')) AS start,
    value,
    if(span = 'day', a.api, '') AS api,
    if(span = 'day', ifNull(a.model, ''), '') AS model,
    a.decision AS decision,
    sum(a.cost_nanos) AS cost_nanos
FROM adjustments AS a ARRAY JOIN mapKeys(a.tags) AS tag, mapValues(a.tags) AS value
GROUP BY workspace_id, split, span, start, value, api, model, decision;

-- So that the same question can be asked of the rollups by tag and by customer.
ALTER TABLE usage_by_customer
    ADD COLUMN IF NOT EXISTS tag String ALIAS '',
    ADD COLUMN IF NOT EXISTS value String ALIAS customer;
