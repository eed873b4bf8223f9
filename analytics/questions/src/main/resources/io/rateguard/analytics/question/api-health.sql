-- How the providers of one workspace's APIs have answered what was let through in a range of time, and when each last
-- answered well: of earlier times to the quarter of an hour. What they answer badly is their trouble, that they have too much
-- to do, or that the secret is not accepted; what callers ask wrongly is not. A request that ended without an answer, since its
-- caller left first or the proxy stopped, tells neither; the sums by the quarter of an hour take it for answered, so that they
-- are not asked of an API that has such requests.
SELECT
    slug AS group_api,
    sum(request_count) AS requests,
    sum(failed_count) AS failed,
    sum(unanswered_count) AS unanswered,
    max(p95) AS p95_upstream_micros,
    if(unanswered > 0, max(last_good), greatest(max(last_good), max(last_good_before))) AS last_good_millis,
    max(last_status) AS last_failed_status,
    max(last_outcome) AS last_failed_outcome
FROM (
    SELECT
        toString(api) AS slug,
        count() AS request_count,
        countIf(status >= 500 OR status IN (401, 403, 408, 429) OR outcome IN ('unreachable', 'timeout', 'upstream-cut') AS failure) AS failed_count,
        countIf(status = 0 AND NOT failure) AS unanswered_count,
        quantileExactIf(0.95)(upstream_micros, status > 0 AND NOT failure AS good) AS p95,
        maxIf(toUnixTimestamp64Milli(charged_at), good) AS last_good,
        toInt64(0) AS last_good_before,
        argMaxIf(status, charged_at, failure) AS last_status,
        toString(argMaxIf(outcome, charged_at, failure)) AS last_outcome
    FROM requests
    WHERE workspace_id = {workspace:UUID}
      AND charged_at >= fromUnixTimestamp64Milli({from_millis:Int64}, 'UTC')
      AND charged_at < fromUnixTimestamp64Milli({to_millis:Int64}, 'UTC')
      AND decision = 'allowed'
    GROUP BY slug
    UNION ALL
    SELECT
        toString(api) AS slug,
        toUInt64(0) AS request_count,
        toUInt64(0) AS failed_count,
        toUInt64(0) AS unanswered_count,
        toInt64(0) AS p95,
        toInt64(0) AS last_good,
        maxIf(toInt64(toUnixTimestamp(quarter)) * 1000, requests > errors) AS last_good_before,
        toInt32(0) AS last_status,
        '' AS last_outcome
    FROM usage_by_model
    WHERE workspace_id = {workspace:UUID}
      AND quarter >= fromUnixTimestamp64Milli({since_millis:Int64}, 'UTC')
      AND quarter < fromUnixTimestamp64Milli({to_millis:Int64}, 'UTC')
      AND decision = 'allowed'
    GROUP BY slug
)
GROUP BY group_api
ORDER BY group_api
SETTINGS output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow
