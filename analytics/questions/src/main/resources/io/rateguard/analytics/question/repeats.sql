-- How much of what each key sent in a range of time is one request again and again, refused or not: one fingerprint, or,
-- where the body was not read, the same call with a body as long.
SELECT
    toString(key_id) AS group_key,
    sum(request_count) AS sent_count,
    max(request_count) AS same_count
FROM (
    SELECT key_id, count() AS request_count
    FROM requests
    WHERE workspace_id = {workspace:UUID}
      AND charged_at >= fromUnixTimestamp64Milli({from_millis:Int64}, 'UTC')
      AND charged_at < fromUnixTimestamp64Milli({to_millis:Int64}, 'UTC')
      AND key_id IS NOT NULL AND (fingerprint IS NOT NULL OR request_bytes > 0)
    GROUP BY key_id, fingerprint, 
        if(fingerprint IS NULL, cityHash64(api, method, endpoint, ifNull(model, ''), request_bytes), 0)
)
GROUP BY group_key
HAVING sent_count >= {least:Int64}
ORDER BY group_key
SETTINGS output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow
