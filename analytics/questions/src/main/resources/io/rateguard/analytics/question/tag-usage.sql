-- Usage of one workspace by time, the values of one tag, and API, key or model; what is not asked for is '' in every row.
SELECT
    multiIf(
        {bucket:String} = 'hour', toInt64(toUnixTimestamp(toStartOfHour(u.quarter, {zone:String}))),
        {bucket:String} = 'day', toInt64(toUnixTimestamp(toStartOfDay(u.quarter, {zone:String}))),
        {from_seconds:Int64}) AS time_seconds,
    u.value AS group_tag,
    if({by_api:Bool}, toString(u.api), '') AS group_api,
    if({by_key:Bool}, toString(u.key_id), '') AS group_key,
    if({by_model:Bool}, toString(u.model), '') AS group_model,
    sum(u.requests) AS request_count,
    sumIf(u.requests, u.decision != 'allowed') AS refused_count,
    sum(u.errors) AS error_count,
    sum(u.cost_nanos) AS cost_nanos_sum,
    sumMapMerge(u.tokens) AS token_sums
FROM usage_by_tag AS u
WHERE u.workspace_id = {workspace:UUID}
  AND u.tag = {tag:String}
  AND u.quarter >= toDateTime({from_seconds:Int64}, 'UTC')
  AND u.quarter < toDateTime({to_seconds:Int64}, 'UTC')
GROUP BY time_seconds, group_tag, group_api, group_key, group_model
ORDER BY if({top:UInt32} > 0, cost_nanos_sum, 0) DESC, if({top:UInt32} > 0, request_count, 0) DESC, time_seconds, group_tag, group_api, group_key, group_model
LIMIT if({top:UInt32} > 0, {top:UInt32}, 4294967295)
SETTINGS output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow
