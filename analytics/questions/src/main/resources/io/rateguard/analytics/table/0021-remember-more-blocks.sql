-- A block that is repeated is told from a new one as long as its token is among those of so many parts, and under full load
-- 10,000 of them come within some minutes: less than an outage may keep a block waiting.
ALTER TABLE requests MODIFY SETTING non_replicated_deduplication_window = 100000;

ALTER TABLE adjustments MODIFY SETTING non_replicated_deduplication_window = 100000;

ALTER TABLE usage_by_minute MODIFY SETTING non_replicated_deduplication_window = 100000;

ALTER TABLE usage_by_quarter MODIFY SETTING non_replicated_deduplication_window = 100000;

ALTER TABLE usage_by_tag MODIFY SETTING non_replicated_deduplication_window = 100000;

ALTER TABLE usage_by_customer MODIFY SETTING non_replicated_deduplication_window = 100000;

ALTER TABLE usage_by_model MODIFY SETTING non_replicated_deduplication_window = 100000;

ALTER TABLE usage_by_split MODIFY SETTING non_replicated_deduplication_window = 100000;

ALTER TABLE budget_charges MODIFY SETTING non_replicated_deduplication_window = 100000;
