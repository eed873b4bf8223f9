-- Requests of one workspace that were let through, oldest first: what a limit would have looked at.
SELECT
    request_id,
    toString(key_id) AS of_key,
    project,
    customer,
    tags,
    api,
    method,
    path,
    model,
    toUnixTimestamp64Milli(charged_at) AS charged_at_millis,
    total_micros,
    usage,
    cost_nanos
FROM requests
WHERE workspace_id = {workspace:UUID}
  AND charged_at >= fromUnixTimestamp64Milli({from_millis:Int64}, 'UTC')
  AND charged_at < fromUnixTimestamp64Milli({to_millis:Int64}, 'UTC')
  AND decision = 'allowed'
  AND key_id IS NOT NULL
  AND ({api:String} = '' OR api = {api:String})
  AND (empty({keys:Array(String)}) OR has({keys:Array(String)}, toString(key_id)))
ORDER BY charged_at, request_id
LIMIT {rows:UInt32}
SETTINGS output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow
