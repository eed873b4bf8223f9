-- How far the intake is in each partition: everything that was sent to it before reached_at is in the tables. What is asked
-- of the tables is as fresh as the partition of its workspace; while reached_at stands still, figures are stale since then.
-- The sort key serves the one question asked: all partitions of a topic, the newest row of each.
CREATE TABLE IF NOT EXISTS intake_progress
(
    topic       String,
    partition   Int32,
    upto_offset Int64,
    reached_at  DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(reached_at)
ORDER BY (topic, partition);
