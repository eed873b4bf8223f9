--liquibase formatted sql

--changeset rateguard:0056-find-crossings-of-a-budget splitStatements:false
--comment What else tells of the same threshold is looked for with every crossing, and with every mail about one.

CREATE INDEX ix_crossings_threshold ON crossings (budget_id, window_name, amount_nanos, percent);

--rollback DROP INDEX ix_crossings_threshold;
