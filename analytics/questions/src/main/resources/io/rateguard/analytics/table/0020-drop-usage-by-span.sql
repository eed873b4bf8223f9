-- usage_by_split has it all; a range that began before that did is answered from quarter hours.
DROP VIEW IF EXISTS usage_by_span_view;

DROP VIEW IF EXISTS usage_by_span_tag_view;

DROP VIEW IF EXISTS usage_by_span_adjustments_view;

DROP VIEW IF EXISTS usage_by_span_tag_adjustments_view;

DROP TABLE IF EXISTS usage_by_span;
