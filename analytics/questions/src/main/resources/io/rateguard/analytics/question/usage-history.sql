-- Usage of one workspace by time and by up to four attributes; what is not asked for is '' in every row.
SELECT
    multiIf(
        {bucket:String} = 'minute', toInt64(toUnixTimestamp(u.minute)),
        {bucket:String} = 'hour', toInt64(toUnixTimestamp(toStartOfHour(u.minute, {zone:String}))),
        {bucket:String} = 'day', toInt64(toUnixTimestamp(toStartOfDay(u.minute, {zone:String}))),
        {from_seconds:Int64}) AS time_seconds,
    if({by_api:Bool}, toString(u.api), '') AS group_api,
    if({by_key:Bool}, toString(u.key_id), '') AS group_key,
    if({by_endpoint:Bool}, toString(u.endpoint), '') AS group_endpoint,
    if({by_model:Bool}, toString(u.model), '') AS group_model,
    sum(u.requests) AS request_count,
    sumIf(u.requests, u.decision != 'allowed') AS refused_count,
    sum(u.errors) AS error_count,
    sum(u.cost_nanos) AS cost_nanos_sum,
    sumMapMerge(u.tokens) AS token_sums,
    quantilesBFloat16MergeIf(0.5, 0.95, 0.99)(u.latency, u.decision = 'allowed') AS latency_micros
FROM usage_by_minute AS u
WHERE u.workspace_id = {workspace:UUID}
  AND u.minute >= toDateTime({from_seconds:Int64}, 'UTC')
  AND u.minute < toDateTime({to_seconds:Int64}, 'UTC')
GROUP BY time_seconds, group_api, group_key, group_endpoint, group_model
ORDER BY time_seconds, group_api, group_key, group_endpoint, group_model
SETTINGS output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow
