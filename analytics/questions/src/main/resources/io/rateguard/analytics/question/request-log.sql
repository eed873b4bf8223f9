-- Requests of one workspace, newest first, after a cursor; an empty text, an empty list or -1 means any. Where
-- it is asked for, each says whether any of that time was corrected: that is rare, and saves the question by what.
SELECT
    request_id,
    workspace_id,
    key_id,
    key_name,
    project,
    customer,
    tags,
    api_id,
    api,
    method,
    path,
    endpoint,
    model,
    served_model,
    stream,
    request_bytes,
    reply_bytes,
    attempts,
    fingerprint,
    toUnixTimestamp64Milli(charged_at) AS charged_at_millis,
    toUnixTimestamp64Milli(arrived_at) AS arrived_at_millis,
    toUnixTimestamp64Milli(finished_at) AS finished_at_millis,
    total_micros,
    upstream_micros,
    overhead_micros,
    first_byte_micros,
    decision,
    status,
    outcome,
    degraded,
    refusal_code,
    refusal_rule,
    refusal_rule_name,
    refusal_scope,
    refusal_used,
    refusal_limit,
    toUnixTimestamp64Milli(refusal_reset_at) AS refusal_reset_at_millis,
    shadowed,
    usage,
    usage_source,
    cost_nanos,
    price_version,
    unpriced,
    service_tier,
    estimated_tokens,
    overshoot_nanos,
    reported_cost_nanos,
    charges,
    kafka_offset,
    isNotNull((
        SELECT 1
        FROM adjustments
        WHERE workspace_id = {workspace:UUID}
          AND charged_at >= fromUnixTimestamp64Milli({from_millis:Int64}, 'UTC')
          AND charged_at < fromUnixTimestamp64Milli({to_millis:Int64}, 'UTC')
          AND {ask_whether_corrected:Bool}
        LIMIT 1)) AS may_be_corrected
FROM requests
WHERE workspace_id = {workspace:UUID}
  AND charged_at >= fromUnixTimestamp64Milli({from_millis:Int64}, 'UTC')
  AND charged_at < fromUnixTimestamp64Milli({to_millis:Int64}, 'UTC')
  AND (charged_at < fromUnixTimestamp64Milli({after_millis:Int64}, 'UTC')
    OR (charged_at = fromUnixTimestamp64Milli({after_millis:Int64}, 'UTC') AND request_id < {after_id:String}))
  AND (empty({partitions:Array(Int32)}) OR kafka_offset < arraySum(arrayMap(
        (at, upto) -> if(at = kafka_partition, upto, 0),
        {partitions:Array(Int32)},
        {ends:Array(Int64)})))
  AND kafka_offset > {after_offset:Int64}
  AND ({request_id:String} = '' OR request_id = {request_id:String})
  AND ({api:String} = '' OR api = {api:String})
  AND ({key:String} = '' OR toString(key_id) = {key:String})
  AND ({model:String} = '' OR model = {model:String})
  AND ({decision:String} = '' OR decision = {decision:String})
  AND ({status:Int32} < 0 OR status = {status:Int32})
  AND ({customer:String} = '' OR customer = {customer:String})
  AND (empty({tag_names:Array(String)}) OR hasAll(
        arrayZip(CAST(mapKeys(tags), 'Array(String)'), mapValues(tags)),
        arrayZip({tag_names:Array(String)}, {tag_values:Array(String)})))
ORDER BY charged_at DESC, request_id DESC
LIMIT {rows:UInt32}
SETTINGS output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow
