-- Usage of one workspace by time, end-customer, and API, key or model; what is not asked for is '' in every row.
SELECT
    multiIf(
        {bucket:String} = 'hour', toInt64(toUnixTimestamp(toStartOfHour(u.quarter, {zone:String}))),
        {bucket:String} = 'day', toInt64(toUnixTimestamp(toStartOfDay(u.quarter, {zone:String}))),
        {from_seconds:Int64}) AS time_seconds,
    u.customer AS group_customer,
    if({by_api:Bool}, toString(u.api), '') AS group_api,
    if({by_key:Bool}, toString(u.key_id), '') AS group_key,
    if({by_model:Bool}, toString(u.model), '') AS group_model,
    sum(u.requests) AS request_count,
    sumIf(u.requests, u.decision != 'allowed') AS refused_count,
    sum(u.errors) AS error_count,
    sum(u.cost_nanos) AS cost_nanos_sum,
    sumMapMerge(u.tokens) AS token_sums
FROM usage_by_customer AS u
WHERE u.workspace_id = {workspace:UUID}
  AND u.quarter >= toDateTime({from_seconds:Int64}, 'UTC')
  AND u.quarter < toDateTime({to_seconds:Int64}, 'UTC')
GROUP BY time_seconds, group_customer, group_api, group_key, group_model
ORDER BY time_seconds, group_customer, group_api, group_key, group_model
SETTINGS output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow
