--liquibase formatted sql

--changeset rateguard:0054-offer-budget-increases splitStatements:false
--comment Which alert offered an increase; what one alert offers is taken once.

ALTER TABLE budget_increases ADD COLUMN crossing_id uuid;
ALTER TABLE budget_increases ADD CONSTRAINT fk_budget_increases_crossing FOREIGN KEY (workspace_id, crossing_id) REFERENCES crossings (workspace_id, id);
ALTER TABLE budget_increases ADD CONSTRAINT uq_budget_increases_crossing UNIQUE (crossing_id);

--rollback ALTER TABLE budget_increases DROP COLUMN crossing_id;
