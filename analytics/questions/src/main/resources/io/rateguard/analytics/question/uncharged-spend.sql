-- What the requests of one node cost in a range of time without being charged to a budget, apart by what it counts apart;
-- corrections that did not charge it either are part of that.
SELECT
    if({by_api:Bool}, toString(api), '') AS group_api,
    if({by_key:Bool}, ifNull(toString(key_id), ''), '') AS group_key,
    if({by_model:Bool}, ifNull(toString(model), ''), '') AS group_model,
    if({by_project:Bool}, ifNull(toString(project), ''), '') AS group_project,
    if({by_customer:Bool}, ifNull(customer, ''), '') AS group_customer,
    arrayMap(name -> tags[name], {by_tags:Array(String)}) AS group_tags,
    sum(cost_nanos) AS cost_nanos_sum
FROM
(
    SELECT api, key_id, model, project, customer, tags, cost_nanos, charges
    FROM requests
    WHERE workspace_id = {workspace:UUID}
      AND charged_at >= fromUnixTimestamp64Milli({from_millis:Int64}, 'UTC')
      AND charged_at < fromUnixTimestamp64Milli({to_millis:Int64}, 'UTC')
    UNION ALL
    SELECT api, key_id, model, project, customer, tags, cost_nanos, charges
    FROM adjustments
    WHERE workspace_id = {workspace:UUID}
      AND charged_at >= fromUnixTimestamp64Milli({from_millis:Int64}, 'UTC')
      AND charged_at < fromUnixTimestamp64Milli({to_millis:Int64}, 'UTC')
)
WHERE cost_nanos != 0
  AND NOT arrayExists(charge -> charge.budget_id = {budget:UUID}, charges)
  AND multiIf(
        {scope:String} = 'workspace', true,
        {scope:String} = 'api', api = {value:String},
        {scope:String} = 'key', has({keys:Array(String)}, ifNull(toString(key_id), '')),
        {scope:String} = 'project', ifNull(project, '') = {value:String},
        {scope:String} = 'customer', ifNull(customer, '') = {value:String},
        {scope:String} = 'tag', mapContains(tags, {tag:String}) AND tags[{tag:String}] = {value:String},
        false)
GROUP BY group_api, group_key, group_model, group_project, group_customer, group_tags
SETTINGS output_format_json_quote_64bit_integers = 0
FORMAT JSONEachRow
