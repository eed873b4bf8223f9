-- What each journal's requests were charged to each window of a budget: what budgets are counted anew from when Redis has
-- lost its counters, and compared with. By journal, since a proxy that lives tells of its own journals itself.
-- What was taken in before it was made is not in it: a counter that outlives a rebuild stands for that.
-- The sort key serves the one question asked: all windows of a workspace that have not ended.
CREATE TABLE IF NOT EXISTS budget_charges
(
    workspace_id        UUID,
    budget_id           UUID,
    window              String,
    window_start_millis Int64,
    window_end_millis   Int64,
    journal             UUID,
    requests            SimpleAggregateFunction(sum, UInt64),
    charged_nanos       SimpleAggregateFunction(sum, Int64)
)
ENGINE = AggregatingMergeTree
ORDER BY (workspace_id, budget_id, window, window_start_millis, window_end_millis, journal)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE MATERIALIZED VIEW IF NOT EXISTS budget_charges_view TO budget_charges AS
SELECT
    workspace_id,
    charge.budget_id AS budget_id,
    charge.window AS window,
    charge.window_start_millis AS window_start_millis,
    charge.window_end_millis AS window_end_millis,
    journal,
    count() AS requests,
    sum(charge.charged_nanos) AS charged_nanos
FROM requests ARRAY JOIN charges AS charge
GROUP BY workspace_id, budget_id, window, window_start_millis, window_end_millis, journal;
