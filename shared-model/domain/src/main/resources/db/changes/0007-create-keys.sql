--liquibase formatted sql

--changeset rateguard:0007-create-keys splitStatements:false
--comment RateGuard keys, stored as SHA-256. api_slugs null means every API.

CREATE TABLE api_keys (
  id uuid CONSTRAINT pk_api_keys PRIMARY KEY DEFAULT uuidv7(),
  workspace_id uuid NOT NULL CONSTRAINT fk_api_keys_workspace REFERENCES workspaces,
  name text NOT NULL,
  environment text NOT NULL CONSTRAINT ck_api_keys_environment CHECK (environment IN ('live', 'test')),
  prefix text NOT NULL,
  hash bytea NOT NULL CONSTRAINT uq_api_keys_hash UNIQUE,
  status text NOT NULL DEFAULT 'active' CONSTRAINT ck_api_keys_status CHECK (status IN ('active', 'suspended', 'revoked')),
  api_slugs text[],
  tags jsonb NOT NULL DEFAULT '{}',
  customer text,
  expires_at timestamptz,
  revoked_at timestamptz,
  policy_version bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 0
);
CREATE INDEX ix_api_keys_policy_version ON api_keys (workspace_id, policy_version);

CREATE TRIGGER version_policy BEFORE INSERT OR UPDATE ON api_keys FOR EACH ROW EXECUTE FUNCTION rateguard_version_policy();

ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON api_keys TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY app_own_workspace ON api_keys TO rateguard_app USING (workspace_id = rateguard_workspace()) WITH CHECK (workspace_id = rateguard_workspace());
GRANT SELECT, INSERT, UPDATE ON api_keys TO rateguard_app;
CREATE POLICY proxy_reads ON api_keys FOR SELECT TO rateguard_proxy USING (true);
CREATE POLICY alerts_reads ON api_keys FOR SELECT TO rateguard_alerts USING (true);
GRANT SELECT ON api_keys TO rateguard_proxy, rateguard_alerts;

--rollback DROP TABLE api_keys;
