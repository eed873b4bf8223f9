-- Usage of one workspace by time and by up to four attributes; what is not asked for is '' in every row. Each part of the
-- range comes from the coarsest rollup that has the split: whole weeks, then days, hours and quarter hours, the rest by the
-- minute.
SELECT
    multiIf(
        {bucket:String} = 'minute', toInt64(toUnixTimestamp(u.start)),
        {bucket:String} = 'hour', toInt64(toUnixTimestamp(toStartOfHour(u.start, {zone:String}))),
        {bucket:String} = 'day', toInt64(toUnixTimestamp(toStartOfDay(u.start, {zone:String}))),
        {from_seconds:Int64}) AS time_seconds,
    if({by_api:Bool}, toString(u.api), '') AS group_api,
    if({by_key:Bool}, toString(u.key_id), '') AS group_key,
    if({by_endpoint:Bool}, u.endpoint, '') AS group_endpoint,
    if({by_model:Bool}, toString(u.model), '') AS group_model,
    sum(u.requests) AS request_count,
    sumIf(u.requests, u.decision != 'allowed') AS refused_count,
    sum(u.errors) AS error_count,
    sumMapMerge(u.tokens) AS token_sums, -- tokens
    sumForEachMerge(u.used) AS used_counts, -- tokens
    quantilesBFloat16MergeIf(0.5, 0.95, 0.99)(u.latency, u.decision = 'allowed') AS latency_micros, -- latency
    sum(u.cost_nanos) AS cost_nanos_sum
FROM (
    SELECT start, api, toUUIDOrZero(if(split IN ('key', 'key.model'), value, '')) AS key_id, if(split = 'endpoint', value, '') AS endpoint, model, decision, requests, errors, cost_nanos, initializeAggregation('sumMapState', CAST(map(), 'Map(String, UInt64)')) AS tokens, used, latency
    FROM usage_by_split
    WHERE workspace_id = {workspace:UUID}
      AND ((split = {weeks_split:String} AND span = 'week'
          AND start >= toDateTime({weeks_from_seconds:Int64}, 'UTC')
          AND start < toDateTime({weeks_to_seconds:Int64}, 'UTC'))
        OR (split = {days_split:String} AND span = 'day'
          AND ((start >= toDateTime({days_from_seconds:Int64}, 'UTC')
              AND start < toDateTime({weeks_from_seconds:Int64}, 'UTC'))
            OR (start >= toDateTime({weeks_to_seconds:Int64}, 'UTC')
              AND start < toDateTime({days_to_seconds:Int64}, 'UTC'))))
        OR (split = {hours_split:String} AND span = 'hour'
          AND ((start >= toDateTime({hours_from_seconds:Int64}, 'UTC')
              AND start < toDateTime({days_from_seconds:Int64}, 'UTC'))
            OR (start >= toDateTime({days_to_seconds:Int64}, 'UTC')
              AND start < toDateTime({hours_to_seconds:Int64}, 'UTC')))))
    UNION ALL
    SELECT quarter AS start, api, key_id, toString(endpoint) AS endpoint, model, decision, requests, errors, cost_nanos, tokens, initializeAggregation('sumForEachState', CAST([], 'Array(UInt64)')) AS used, latency
    FROM {quarters:Identifier}
    WHERE workspace_id = {workspace:UUID}
      AND ((quarter >= toDateTime({quarters_from_seconds:Int64}, 'UTC')
          AND quarter < toDateTime({hours_from_seconds:Int64}, 'UTC'))
        OR (quarter >= toDateTime({hours_to_seconds:Int64}, 'UTC')
          AND quarter < toDateTime({quarters_to_seconds:Int64}, 'UTC')))
    UNION ALL
    SELECT minute AS start, api, key_id, toString(endpoint) AS endpoint, model, decision, requests, errors, cost_nanos, tokens, initializeAggregation('sumForEachState', CAST([], 'Array(UInt64)')) AS used, latency
    FROM usage_by_minute
    WHERE workspace_id = {workspace:UUID}
      AND ((minute >= toDateTime({from_seconds:Int64}, 'UTC')
          AND minute < toDateTime({quarters_from_seconds:Int64}, 'UTC'))
        OR (minute >= toDateTime({quarters_to_seconds:Int64}, 'UTC')
          AND minute < toDateTime({to_seconds:Int64}, 'UTC')))
) AS u
GROUP BY time_seconds, group_api, group_key, group_endpoint, group_model
ORDER BY if({top:UInt32} > 0, cost_nanos_sum, 0) DESC, if({top:UInt32} > 0, request_count, 0) DESC, time_seconds, group_api, group_key, group_endpoint, group_model
LIMIT {rows:UInt32}
SETTINGS output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow
