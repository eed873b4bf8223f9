-- What went wrong in a range of time, by API and model: without a price, without Redis, or by the upstream's doing.
SELECT
    toString(api) AS group_api,
    ifNull(toString(model), '') AS group_model,
    countIf(decision = 'allowed') AS allowed_count,
    countIf(unpriced OR decision = 'unpriced') AS unpriced_count,
    countIf(degraded) AS degraded_count,
    countIf(decision = 'allowed' AND (status >= 500 OR outcome IN ('unreachable', 'timeout', 'upstream-cut'))) AS failed_count
FROM requests
WHERE workspace_id = {workspace:UUID}
  AND charged_at >= fromUnixTimestamp64Milli({from_millis:Int64}, 'UTC')
  AND charged_at < fromUnixTimestamp64Milli({to_millis:Int64}, 'UTC')
GROUP BY group_api, group_model
ORDER BY group_api, group_model
SETTINGS output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow
