--liquibase formatted sql

--changeset rateguard:0006-create-apis splitStatements:false
--comment Upstream APIs and their sealed credentials. Deletes are soft, so that the proxies see them as changes.

CREATE TABLE apis (
  id uuid CONSTRAINT pk_apis PRIMARY KEY DEFAULT uuidv7(),
  workspace_id uuid NOT NULL CONSTRAINT fk_apis_workspace REFERENCES workspaces,
  slug text NOT NULL,
  name text NOT NULL,
  profile text NOT NULL,
  base_url text NOT NULL,
  auth_type text NOT NULL CONSTRAINT ck_apis_auth_type CHECK (auth_type IN ('bearer', 'header', 'basic', 'query', 'none')),
  auth_name text,
  enabled boolean NOT NULL DEFAULT true,
  unknown_paths text NOT NULL CONSTRAINT ck_apis_unknown_paths CHECK (unknown_paths IN ('block', 'flat', 'unpriced')),
  client_gone text NOT NULL DEFAULT 'drain' CONSTRAINT ck_apis_client_gone CHECK (client_gone IN ('drain', 'abort')),
  connect_timeout_millis integer NOT NULL DEFAULT 2000 CONSTRAINT ck_apis_connect_timeout CHECK (connect_timeout_millis BETWEEN 1 AND 60000),
  first_byte_timeout_millis integer NOT NULL DEFAULT 600000 CONSTRAINT ck_apis_first_byte_timeout CHECK (first_byte_timeout_millis BETWEEN 1 AND 3600000),
  total_timeout_millis integer NOT NULL DEFAULT 1800000 CONSTRAINT ck_apis_total_timeout CHECK (total_timeout_millis BETWEEN 1 AND 86400000),
  policy_version bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 0,
  deleted_at timestamptz,
  CONSTRAINT uq_apis_workspace_id UNIQUE (workspace_id, id)
);
CREATE UNIQUE INDEX uq_apis_slug ON apis (workspace_id, slug) WHERE deleted_at IS NULL;
CREATE INDEX ix_apis_policy_version ON apis (workspace_id, policy_version);

CREATE TABLE api_credentials (
  id uuid CONSTRAINT pk_api_credentials PRIMARY KEY DEFAULT uuidv7(),
  workspace_id uuid NOT NULL,
  api_id uuid NOT NULL,
  name text NOT NULL,
  sealed bytea NOT NULL,
  sealed_with text NOT NULL,
  weight integer NOT NULL DEFAULT 1 CONSTRAINT ck_api_credentials_weight CHECK (weight BETWEEN 0 AND 1000),
  policy_version bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 0,
  deleted_at timestamptz,
  CONSTRAINT fk_api_credentials_api FOREIGN KEY (workspace_id, api_id) REFERENCES apis (workspace_id, id)
);
COMMENT ON COLUMN api_credentials.sealed IS 'AES-256-GCM, bound to this row''s id';
COMMENT ON COLUMN api_credentials.sealed_with IS 'which secret key sealed it';
CREATE UNIQUE INDEX uq_api_credentials_name ON api_credentials (api_id, name) WHERE deleted_at IS NULL;
CREATE INDEX ix_api_credentials_policy_version ON api_credentials (workspace_id, policy_version);

CREATE TRIGGER version_policy BEFORE INSERT OR UPDATE ON apis FOR EACH ROW EXECUTE FUNCTION rateguard_version_policy();
CREATE TRIGGER version_policy BEFORE INSERT OR UPDATE ON api_credentials FOR EACH ROW EXECUTE FUNCTION rateguard_version_policy();

ALTER TABLE apis ENABLE ROW LEVEL SECURITY;
ALTER TABLE apis FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON apis TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY app_own_workspace ON apis TO rateguard_app USING (workspace_id = rateguard_workspace()) WITH CHECK (workspace_id = rateguard_workspace());
GRANT SELECT, INSERT, UPDATE ON apis TO rateguard_app;
CREATE POLICY proxy_reads ON apis FOR SELECT TO rateguard_proxy USING (true);
CREATE POLICY alerts_reads ON apis FOR SELECT TO rateguard_alerts USING (true);
GRANT SELECT ON apis TO rateguard_proxy, rateguard_alerts;

ALTER TABLE api_credentials ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_credentials FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON api_credentials TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY app_own_workspace ON api_credentials TO rateguard_app USING (workspace_id = rateguard_workspace()) WITH CHECK (workspace_id = rateguard_workspace());
GRANT SELECT, INSERT, UPDATE ON api_credentials TO rateguard_app;
CREATE POLICY proxy_reads ON api_credentials FOR SELECT TO rateguard_proxy USING (true);
GRANT SELECT ON api_credentials TO rateguard_proxy;

--rollback DROP TABLE api_credentials; DROP TABLE apis;
