-- What requests that were charged within a range of time were corrected by; no id or an empty text means any.
SELECT
    toString(adjustment_id) AS id,
    request_id,
    workspace_id,
    key_id,
    key_name,
    project,
    customer,
    tags,
    api_id,
    api,
    endpoint,
    model,
    toUnixTimestamp64Milli(charged_at) AS charged_at_millis,
    decision,
    toUnixTimestamp64Milli(adjusted_at) AS adjusted_at_millis,
    rerate_id,
    author,
    note,
    cost_nanos,
    price_version,
    charges
FROM adjustments
WHERE workspace_id = {workspace:UUID}
  AND charged_at >= fromUnixTimestamp64Milli({from_millis:Int64}, 'UTC')
  AND charged_at < fromUnixTimestamp64Milli({to_millis:Int64}, 'UTC')
  AND (empty({request_ids:Array(String)}) OR request_id IN (SELECT arrayJoin({request_ids:Array(String)})))
  AND ({api:String} = '' OR api = {api:String})
  AND ({model:String} = '' OR model = {model:String})
  AND toString(journal) != {without_journal:String}
ORDER BY adjusted_at, adjustment_id
SETTINGS output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow
