-- What requests were charged to windows of budgets that have not ended, but for those of some journals, and by how much of
-- that corrections have lowered it: only they bring charges without requests.
SELECT
    toString(budget_id) AS budget,
    window,
    window_start_millis,
    window_end_millis,
    sum(c.charged_nanos) AS charged_nanos_sum,
    -sumIf(c.charged_nanos, c.requests = 0 AND c.charged_nanos < 0) AS lowered_nanos_sum
FROM budget_charges AS c
WHERE workspace_id = {workspace:UUID}
  AND window_end_millis > {at_millis:Int64}
  AND NOT has({without_journals:Array(String)}, toString(journal))
GROUP BY budget, window, window_start_millis, window_end_millis
HAVING charged_nanos_sum != 0 OR lowered_nanos_sum != 0
SETTINGS output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow
