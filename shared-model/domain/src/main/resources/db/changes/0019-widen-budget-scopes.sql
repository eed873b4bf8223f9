--liquibase formatted sql

--changeset rateguard:0019-widen-budget-scopes splitStatements:false
--comment Budgets stand on tags, customers and projects too, and per counts apart what it names, in the shape of the management API.

ALTER TABLE budgets DROP CONSTRAINT ck_budgets_scope_type;
ALTER TABLE budgets ADD CONSTRAINT ck_budgets_scope_type
    CHECK (scope_type IN ('workspace', 'api', 'key', 'project', 'tag', 'customer'));
ALTER TABLE budgets ADD COLUMN per jsonb NOT NULL DEFAULT '[]';

--rollback ALTER TABLE budgets DROP COLUMN per; DELETE FROM budgets WHERE scope_type NOT IN ('workspace', 'api', 'key'); ALTER TABLE budgets DROP CONSTRAINT ck_budgets_scope_type; ALTER TABLE budgets ADD CONSTRAINT ck_budgets_scope_type CHECK (scope_type IN ('workspace', 'api', 'key'));
