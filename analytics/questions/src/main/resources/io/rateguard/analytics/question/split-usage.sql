-- Usage of one workspace by time, the values of one tag or the end-customers, and API, key or model; what is not asked for is
-- '' in every row. Each part of the range comes from the coarsest rollup that has the split: whole weeks, then days, then
-- hours, the rest by 15 minutes.
SELECT
    multiIf(
        {bucket:String} = 'hour', toInt64(toUnixTimestamp(toStartOfHour(u.start, {zone:String}))),
        {bucket:String} = 'day', toInt64(toUnixTimestamp(toStartOfDay(u.start, {zone:String}))),
        {from_seconds:Int64}) AS time_seconds,
    u.value AS group_value,
    if({by_api:Bool}, toString(u.api), '') AS group_api,
    if({by_key:Bool}, toString(u.key_id), '') AS group_key,
    if({by_model:Bool}, toString(u.model), '') AS group_model,
    sum(u.requests) AS request_count,
    sumIf(u.requests, u.decision != 'allowed') AS refused_count,
    sum(u.errors) AS error_count,
    sumMapMerge(u.tokens) AS token_sums, -- tokens
    sumForEachMerge(u.used) AS used_counts, -- tokens
    sum(u.cost_nanos) AS cost_nanos_sum
FROM (
    SELECT start, value, api, toUUID('00000000-0000-0000-0000-000000000000') AS key_id, model, decision, requests, errors, cost_nanos, initializeAggregation('sumMapState', CAST(map(), 'Map(String, UInt64)')) AS tokens, used
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
    SELECT quarter AS start, value, api, key_id, model, decision, requests, errors, cost_nanos, tokens, initializeAggregation('sumForEachState', CAST([], 'Array(UInt64)')) AS used
    FROM {quarters:Identifier}
    WHERE workspace_id = {workspace:UUID}
      AND tag = {tag:String}
      AND ((quarter >= toDateTime({quarters_from_seconds:Int64}, 'UTC')
          AND quarter < toDateTime({hours_from_seconds:Int64}, 'UTC'))
        OR (quarter >= toDateTime({hours_to_seconds:Int64}, 'UTC')
          AND quarter < toDateTime({quarters_to_seconds:Int64}, 'UTC')))
) AS u
GROUP BY time_seconds, group_value, group_api, group_key, group_model
ORDER BY if({top:UInt32} > 0, cost_nanos_sum, 0) DESC, if({top:UInt32} > 0, request_count, 0) DESC, time_seconds, group_value, group_api, group_key, group_model
LIMIT {rows:UInt32}
SETTINGS output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow
