--liquibase formatted sql

--changeset rateguard:0004-create-management-tokens splitStatements:false
--comment Tokens of the management API. One is found by its own hash, since that precedes knowing the workspace.

CREATE TABLE management_tokens (
  id uuid CONSTRAINT pk_management_tokens PRIMARY KEY DEFAULT uuidv7(),
  workspace_id uuid NOT NULL CONSTRAINT fk_management_tokens_workspace REFERENCES workspaces,
  name text NOT NULL,
  prefix text NOT NULL,
  hash bytea NOT NULL CONSTRAINT uq_management_tokens_hash UNIQUE,
  role text NOT NULL CONSTRAINT ck_management_tokens_role CHECK (role IN ('owner', 'admin', 'developer', 'viewer', 'billing')),
  created_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 0,
  revoked_at timestamptz
);
CREATE INDEX ix_management_tokens_workspace ON management_tokens (workspace_id);

ALTER TABLE management_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE management_tokens FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON management_tokens TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY app_own_workspace ON management_tokens TO rateguard_app USING (workspace_id = rateguard_workspace()) WITH CHECK (workspace_id = rateguard_workspace());
GRANT SELECT, INSERT, UPDATE ON management_tokens TO rateguard_app;
CREATE POLICY app_by_hash ON management_tokens FOR SELECT TO rateguard_app
  USING (hash = decode(nullif(current_setting('rg.token_hash', true), ''), 'hex'));

--rollback DROP TABLE management_tokens;
