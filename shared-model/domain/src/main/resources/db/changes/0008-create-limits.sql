--liquibase formatted sql

--changeset rateguard:0008-create-limits splitStatements:false
--comment Limit rules. match holds the conditions and limit_shape the algorithm, both in the shapes of the management API.

CREATE TABLE limits (
  id uuid CONSTRAINT pk_limits PRIMARY KEY DEFAULT uuidv7(),
  workspace_id uuid NOT NULL CONSTRAINT fk_limits_workspace REFERENCES workspaces,
  name text NOT NULL,
  match jsonb NOT NULL DEFAULT '{}',
  per jsonb NOT NULL DEFAULT '[]',
  limit_shape jsonb NOT NULL,
  policy_version bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 0,
  deleted_at timestamptz
);
CREATE UNIQUE INDEX uq_limits_name ON limits (workspace_id, name) WHERE deleted_at IS NULL;
CREATE INDEX ix_limits_policy_version ON limits (workspace_id, policy_version);

CREATE TRIGGER version_policy BEFORE INSERT OR UPDATE ON limits FOR EACH ROW EXECUTE FUNCTION rateguard_version_policy();

ALTER TABLE limits ENABLE ROW LEVEL SECURITY;
ALTER TABLE limits FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON limits TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY app_own_workspace ON limits TO rateguard_app USING (workspace_id = rateguard_workspace()) WITH CHECK (workspace_id = rateguard_workspace());
GRANT SELECT, INSERT, UPDATE ON limits TO rateguard_app;
CREATE POLICY proxy_reads ON limits FOR SELECT TO rateguard_proxy USING (true);
CREATE POLICY alerts_reads ON limits FOR SELECT TO rateguard_alerts USING (true);
GRANT SELECT ON limits TO rateguard_proxy, rateguard_alerts;

--rollback DROP TABLE limits;
