-- How far the requests of one workspace have come in: all of them are in one partition, whose offsets rise.
SELECT if(count() = 0, -1, max(kafka_offset)) AS reach
FROM requests
WHERE workspace_id = {workspace:UUID}
  AND charged_at >= fromUnixTimestamp64Milli({from_millis:Int64}, 'UTC')
SETTINGS output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow
