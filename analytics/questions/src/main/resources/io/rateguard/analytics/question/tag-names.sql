-- The names of the tags that requests of one workspace had.
SELECT DISTINCT tag
FROM usage_by_tag
WHERE workspace_id = {workspace:UUID}
  AND quarter >= toDateTime({from_seconds:Int64}, 'UTC')
ORDER BY tag
LIMIT 200
FORMAT JSONEachRow
