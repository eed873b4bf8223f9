-- The minute in which each key of one workspace was last presented.
SELECT
    toString(key_id) AS key,
    toInt64(toUnixTimestamp(max(minute))) AS last_seconds
FROM usage_by_minute
WHERE workspace_id = {workspace:UUID}
  AND minute >= toDateTime({from_seconds:Int64}, 'UTC')
GROUP BY key_id
SETTINGS output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow
