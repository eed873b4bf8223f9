-- Usage of one workspace by time, end-customer, and API, key or model; what is not asked for is '' in every row. Whole days
-- come from the rollup by days where it has the split, the rest from the rollup by customer.
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
FROM (
    SELECT toDateTime(day, 'UTC') AS quarter, value AS customer, api, toUUID('00000000-0000-0000-0000-000000000000') AS key_id, model, decision, requests, errors, cost_nanos, tokens
    FROM usage_by_day
    WHERE workspace_id = {workspace:UUID}
      AND split = {split:String}
      AND day >= toDate(toDateTime({days_from_seconds:Int64}, 'UTC'))
      AND day < toDate(toDateTime({days_to_seconds:Int64}, 'UTC'))
    UNION ALL
    SELECT quarter, customer, api, key_id, model, decision, requests, errors, cost_nanos, tokens
    FROM usage_by_customer
    WHERE workspace_id = {workspace:UUID}
      AND ((quarter >= toDateTime({from_seconds:Int64}, 'UTC')
          AND quarter < toDateTime({days_from_seconds:Int64}, 'UTC'))
        OR (quarter >= toDateTime({days_to_seconds:Int64}, 'UTC')
          AND quarter < toDateTime({to_seconds:Int64}, 'UTC')))
) AS u
GROUP BY time_seconds, group_customer, group_api, group_key, group_model
ORDER BY if({top:UInt32} > 0, cost_nanos_sum, 0) DESC, if({top:UInt32} > 0, request_count, 0) DESC, time_seconds, group_customer, group_api, group_key, group_model
LIMIT if({top:UInt32} > 0, {top:UInt32}, 4294967295)
SETTINGS output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow
