-- What the adjustments of one journal changed in windows of budgets that have not ended.
SELECT
    toString(budget_id) AS budget,
    window,
    window_start_millis,
    window_end_millis,
    sum(charged_nanos) AS charged_nanos_sum,
    0 AS lowered_nanos_sum
FROM budget_charges
WHERE workspace_id = {workspace:UUID}
  AND window_end_millis > {at_millis:Int64}
  AND journal = {journal:UUID}
GROUP BY budget, window, window_start_millis, window_end_millis
HAVING charged_nanos_sum != 0
SETTINGS output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow
