-- What requests and corrections of them were charged to a budget, step by step over a range of time.
SELECT
    intDiv(toUnixTimestamp64Milli(charged_at) - {from_millis:Int64}, {step_millis:Int64}) AS step,
    sum(charged) AS charged_nanos_sum
FROM
(
    SELECT
        charged_at,
        arraySum((budget, nanos) -> if(budget = {budget:UUID}, nanos, 0), charges.budget_id, charges.charged_nanos) AS charged
    FROM requests
    WHERE workspace_id = {workspace:UUID}
      AND charged_at >= fromUnixTimestamp64Milli({from_millis:Int64}, 'UTC')
      AND charged_at < fromUnixTimestamp64Milli({to_millis:Int64}, 'UTC')
    UNION ALL
    SELECT
        charged_at,
        arraySum((budget, nanos) -> if(budget = {budget:UUID}, nanos, 0), charges.budget_id, charges.charged_nanos) AS charged
    FROM adjustments
    WHERE workspace_id = {workspace:UUID}
      AND charged_at >= fromUnixTimestamp64Milli({from_millis:Int64}, 'UTC')
      AND charged_at < fromUnixTimestamp64Milli({to_millis:Int64}, 'UTC')
)
GROUP BY step
HAVING charged_nanos_sum != 0
ORDER BY step
SETTINGS output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow
