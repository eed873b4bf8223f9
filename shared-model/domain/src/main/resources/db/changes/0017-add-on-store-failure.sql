--liquibase formatted sql

--changeset rateguard:0017-add-on-store-failure splitStatements:false
--comment What a rule does while Redis does not answer. A strict budget is never overshot, so it lets nothing pass then.

ALTER TABLE limits ADD COLUMN on_store_failure text NOT NULL DEFAULT 'local'
    CONSTRAINT ck_limits_on_store_failure CHECK (on_store_failure IN ('local', 'open', 'closed'));

ALTER TABLE budgets ADD COLUMN on_store_failure text NOT NULL DEFAULT 'closed'
    CONSTRAINT ck_budgets_on_store_failure CHECK (on_store_failure IN ('open', 'closed'));
UPDATE budgets SET on_store_failure = 'open' WHERE estimate = 'elastic';
ALTER TABLE budgets ADD CONSTRAINT ck_budgets_strict_is_closed
    CHECK (estimate <> 'strict' OR on_store_failure = 'closed');

--rollback ALTER TABLE budgets DROP COLUMN on_store_failure; ALTER TABLE limits DROP COLUMN on_store_failure;
