-- usage_by_span has it all; a range that began before that did is answered from quarter hours.
DROP VIEW IF EXISTS usage_by_day_view;

DROP VIEW IF EXISTS usage_by_day_customer_view;

DROP TABLE IF EXISTS usage_by_day;
