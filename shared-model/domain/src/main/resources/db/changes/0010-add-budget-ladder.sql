--liquibase formatted sql

--changeset rateguard:0010-add-budget-ladder splitStatements:false
--comment The shares of a budget that are worth an alert, in the shape of the management API.

ALTER TABLE budgets ADD COLUMN ladder jsonb NOT NULL DEFAULT '[]';

--rollback ALTER TABLE budgets DROP COLUMN ladder;
