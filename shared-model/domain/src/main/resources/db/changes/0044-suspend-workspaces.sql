--liquibase formatted sql

--changeset rateguard:0044-suspend-workspaces splitStatements:false
--comment A workspace can be suspended: its keys are refused until it is resumed. A proxy of before lets them through.

ALTER TABLE workspaces ADD COLUMN suspended_at timestamptz;

--rollback ALTER TABLE workspaces DROP COLUMN suspended_at;
