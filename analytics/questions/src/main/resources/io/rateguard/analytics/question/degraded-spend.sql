-- What one window of a budget was charged by requests that passed without Redis: they are charged to it in sums, later.
SELECT sum(charge.charged_nanos) AS charged_nanos_sum
FROM requests ARRAY JOIN charges AS charge
WHERE workspace_id = {workspace:UUID}
  AND charged_at >= fromUnixTimestamp64Milli({from_millis:Int64}, 'UTC')
  AND charged_at < fromUnixTimestamp64Milli({to_millis:Int64}, 'UTC')
  AND degraded
  AND charge.budget_id = {budget:UUID}
  AND charge.window = {window:String}
SETTINGS output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow
