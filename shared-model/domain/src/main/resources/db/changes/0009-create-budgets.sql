--liquibase formatted sql

--changeset rateguard:0009-create-budgets splitStatements:false
--comment Budgets, in nano-dollars: at most 2^53 - 1, the last whole number that the counters hold exactly.

CREATE TABLE budgets (
  id uuid CONSTRAINT pk_budgets PRIMARY KEY DEFAULT uuidv7(),
  workspace_id uuid NOT NULL CONSTRAINT fk_budgets_workspace REFERENCES workspaces,
  name text NOT NULL,
  scope_type text NOT NULL CONSTRAINT ck_budgets_scope_type CHECK (scope_type IN ('workspace', 'api', 'key')),
  scope_value text NOT NULL DEFAULT '',
  amount_nanos bigint NOT NULL CONSTRAINT ck_budgets_amount CHECK (amount_nanos BETWEEN 0 AND 9007199254740991),
  period text NOT NULL CONSTRAINT ck_budgets_period CHECK (period IN ('day', 'week', 'month', 'quarter', 'total')),
  zone text NOT NULL,
  shutoff boolean NOT NULL DEFAULT true,
  estimate text NOT NULL CONSTRAINT ck_budgets_estimate CHECK (estimate IN ('strict', 'elastic')),
  policy_version bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 0,
  deleted_at timestamptz
);
CREATE UNIQUE INDEX uq_budgets_name ON budgets (workspace_id, name) WHERE deleted_at IS NULL;
CREATE INDEX ix_budgets_policy_version ON budgets (workspace_id, policy_version);

CREATE TRIGGER version_policy BEFORE INSERT OR UPDATE ON budgets FOR EACH ROW EXECUTE FUNCTION rateguard_version_policy();

ALTER TABLE budgets ENABLE ROW LEVEL SECURITY;
ALTER TABLE budgets FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON budgets TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY app_own_workspace ON budgets TO rateguard_app USING (workspace_id = rateguard_workspace()) WITH CHECK (workspace_id = rateguard_workspace());
GRANT SELECT, INSERT, UPDATE ON budgets TO rateguard_app;
CREATE POLICY proxy_reads ON budgets FOR SELECT TO rateguard_proxy USING (true);
CREATE POLICY alerts_reads ON budgets FOR SELECT TO rateguard_alerts USING (true);
GRANT SELECT ON budgets TO rateguard_proxy, rateguard_alerts;

--rollback DROP TABLE budgets;
