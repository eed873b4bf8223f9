--liquibase formatted sql

--changeset rateguard:0022-create-prices splitStatements:false
--comment Prices that a workspace has set itself, in the shapes of the management API. A price is never changed: its id names it in every event that it was applied to, so a deleted one stays.

CREATE TABLE prices (
  id uuid CONSTRAINT pk_prices PRIMARY KEY DEFAULT uuidv7(),
  workspace_id uuid NOT NULL CONSTRAINT fk_prices_workspace REFERENCES workspaces,
  api text NOT NULL DEFAULT '',
  model text NOT NULL,
  rates jsonb NOT NULL,
  service_tiers jsonb NOT NULL DEFAULT '{}',
  max_output_tokens bigint CONSTRAINT ck_prices_max_output_tokens CHECK (max_output_tokens > 0),
  policy_version bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 0,
  deleted_at timestamptz
);
CREATE UNIQUE INDEX uq_prices_model ON prices (workspace_id, api, model) WHERE deleted_at IS NULL;
CREATE INDEX ix_prices_policy_version ON prices (workspace_id, policy_version);

CREATE TRIGGER version_policy BEFORE INSERT OR UPDATE ON prices FOR EACH ROW EXECUTE FUNCTION rateguard_version_policy();

ALTER TABLE prices ENABLE ROW LEVEL SECURITY;
ALTER TABLE prices FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON prices TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY app_own_workspace ON prices TO rateguard_app USING (workspace_id = rateguard_workspace()) WITH CHECK (workspace_id = rateguard_workspace());
GRANT SELECT, INSERT, UPDATE ON prices TO rateguard_app;
CREATE POLICY proxy_reads ON prices FOR SELECT TO rateguard_proxy USING (true);
GRANT SELECT ON prices TO rateguard_proxy;

--rollback DROP TABLE prices;
