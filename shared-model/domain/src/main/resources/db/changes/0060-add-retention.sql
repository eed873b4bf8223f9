--liquibase formatted sql

--changeset rateguard:0060-add-retention splitStatements:false
--comment How long single requests are kept, and whether nothing is left in ClickHouse of a workspace that was deleted: the alerts service removes both.

ALTER TABLE workspaces
  ADD COLUMN retention_days integer NOT NULL DEFAULT 400 CONSTRAINT ck_workspaces_retention_days CHECK (retention_days BETWEEN 1 AND 3650),
  ADD COLUMN erased_at timestamptz CONSTRAINT ck_workspaces_erased_at CHECK (erased_at IS NULL OR deleted_at IS NOT NULL);
COMMENT ON COLUMN workspaces.retention_days IS 'of single requests; sums are kept';
COMMENT ON COLUMN workspaces.erased_at IS 'since when nothing of a deleted workspace is in ClickHouse, and nothing can come any more';

CREATE POLICY alerts_erases ON workspaces FOR UPDATE TO rateguard_alerts USING (true) WITH CHECK (true);
GRANT UPDATE (erased_at) ON workspaces TO rateguard_alerts;

--rollback REVOKE UPDATE (erased_at) ON workspaces FROM rateguard_alerts; DROP POLICY alerts_erases ON workspaces; ALTER TABLE workspaces DROP COLUMN erased_at, DROP COLUMN retention_days;
