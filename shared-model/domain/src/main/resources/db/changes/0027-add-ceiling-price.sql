--liquibase formatted sql

--changeset rateguard:0027-add-ceiling-price splitStatements:false
--comment Requests whose price is not known can be charged at a ceiling that the workspace names.

ALTER TABLE workspaces
  ADD COLUMN ceiling jsonb,
  DROP CONSTRAINT ck_workspaces_unpriced,
  ADD CONSTRAINT ck_workspaces_unpriced CHECK (unpriced IN ('default', 'block', 'ceiling', 'allow')),
  ADD CONSTRAINT ck_workspaces_ceiling CHECK ((unpriced = 'ceiling') = (ceiling IS NOT NULL));
COMMENT ON COLUMN workspaces.unpriced IS 'default: block under a strict budget, else allow';
COMMENT ON COLUMN workspaces.ceiling IS 'input and output, dollars per million tokens';

--rollback UPDATE workspaces SET unpriced = 'default', ceiling = NULL WHERE unpriced = 'ceiling'; ALTER TABLE workspaces DROP CONSTRAINT ck_workspaces_ceiling, DROP CONSTRAINT ck_workspaces_unpriced, ADD CONSTRAINT ck_workspaces_unpriced CHECK (unpriced IN ('default', 'block', 'allow')), DROP COLUMN ceiling;
