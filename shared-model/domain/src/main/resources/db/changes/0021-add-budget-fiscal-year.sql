--liquibase formatted sql

--changeset rateguard:0021-add-budget-fiscal-year splitStatements:false
--comment The month and day a budget's year starts on: its quarters count from there, its months begin on that day.

ALTER TABLE budgets ADD COLUMN fiscal_year_start text NOT NULL DEFAULT '01-01'
    CONSTRAINT ck_budgets_fiscal_year_start CHECK (fiscal_year_start ~ '^(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$');

--rollback ALTER TABLE budgets DROP COLUMN fiscal_year_start;
