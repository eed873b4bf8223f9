--liquibase formatted sql

--changeset rateguard:0023-price-calls splitStatements:false
--comment Prices of calls: for a method, path and status instead of a model. A proxy of before passes them over, since they name no model.

ALTER TABLE prices
  ADD COLUMN call jsonb,
  ADD COLUMN charge jsonb,
  ADD CONSTRAINT ck_prices_kind CHECK ((call IS NULL) = (charge IS NULL) AND (call IS NULL) = (model <> '') AND (call IS NULL OR api <> ''));
DROP INDEX uq_prices_model;
CREATE UNIQUE INDEX uq_prices_model ON prices (workspace_id, api, model) WHERE deleted_at IS NULL AND call IS NULL;
CREATE UNIQUE INDEX uq_prices_call ON prices (workspace_id, api, call) WHERE deleted_at IS NULL AND call IS NOT NULL;

--rollback DELETE FROM prices WHERE call IS NOT NULL; DROP INDEX uq_prices_call; DROP INDEX uq_prices_model; CREATE UNIQUE INDEX uq_prices_model ON prices (workspace_id, api, model) WHERE deleted_at IS NULL; ALTER TABLE prices DROP COLUMN call, DROP COLUMN charge;
