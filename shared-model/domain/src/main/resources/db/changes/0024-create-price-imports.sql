--liquibase formatted sql

--changeset rateguard:0024-create-price-imports splitStatements:false
--comment Catalogues that a workspace has taken in place of the shipped one: the applied one with the highest number holds. A number is part of the name of its prices in events, so it is never given twice, and an applied catalogue stays. A draft is not policy.

CREATE TABLE price_imports (
  id uuid CONSTRAINT pk_price_imports PRIMARY KEY DEFAULT uuidv7(),
  workspace_id uuid NOT NULL CONSTRAINT fk_price_imports_workspace REFERENCES workspaces,
  number integer NOT NULL CONSTRAINT ck_price_imports_number CHECK (number > 0),
  base integer NOT NULL CONSTRAINT ck_price_imports_base CHECK (base >= 0 AND base < number),
  kind text NOT NULL CONSTRAINT ck_price_imports_kind CHECK (kind IN ('catalogue', 'litellm', 'earlier', 'shipped')),
  catalogue_version text NOT NULL,
  catalogue text,
  added integer NOT NULL,
  changed integer NOT NULL,
  removed integer NOT NULL,
  changes jsonb NOT NULL DEFAULT '[]',
  left_out jsonb NOT NULL DEFAULT '[]',
  policy_version bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by text NOT NULL,
  applied_at timestamptz,
  applied_by text,
  version integer NOT NULL DEFAULT 0,
  deleted_at timestamptz,
  CONSTRAINT uq_price_imports_number UNIQUE (workspace_id, number),
  CONSTRAINT ck_price_imports_catalogue CHECK (catalogue IS NOT NULL OR kind = 'shipped' OR deleted_at IS NOT NULL),
  CONSTRAINT ck_price_imports_applied CHECK ((applied_at IS NULL) = (applied_by IS NULL) AND (applied_at IS NULL OR deleted_at IS NULL))
);
CREATE INDEX ix_price_imports_policy_version ON price_imports (workspace_id, policy_version);

CREATE TRIGGER version_policy BEFORE INSERT OR UPDATE ON price_imports FOR EACH ROW WHEN (NEW.applied_at IS NOT NULL) EXECUTE FUNCTION rateguard_version_policy();

ALTER TABLE price_imports ENABLE ROW LEVEL SECURITY;
ALTER TABLE price_imports FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON price_imports TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY app_own_workspace ON price_imports TO rateguard_app USING (workspace_id = rateguard_workspace()) WITH CHECK (workspace_id = rateguard_workspace());
GRANT SELECT, INSERT, UPDATE ON price_imports TO rateguard_app;
CREATE POLICY proxy_reads ON price_imports FOR SELECT TO rateguard_proxy USING (true);
GRANT SELECT ON price_imports TO rateguard_proxy;

--rollback DROP TABLE price_imports;
