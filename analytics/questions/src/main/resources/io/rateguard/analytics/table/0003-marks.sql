-- How far each journal was taken in, per partition: the intake drops what a journal sends a second time.
-- A mark counts for blocks that start at upto_offset or later. A new mark goes to the slot that the last one does not
-- hold, so the two newest of a journal stay: the last, and the one that the last block was filtered by.
-- The sort key serves the one question asked: all marks of a partition, up to an offset.
CREATE TABLE IF NOT EXISTS marks
(
    topic       String,
    partition   Int32,
    journal     UUID,
    slot        UInt8,
    upto_offset Int64,
    sequence    Int64
)
ENGINE = ReplacingMergeTree(upto_offset)
ORDER BY (topic, partition, journal, slot);
