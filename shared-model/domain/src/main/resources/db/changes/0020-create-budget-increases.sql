--liquibase formatted sql

--changeset rateguard:0020-create-budget-increases splitStatements:false
--comment More money for a budget until an instant, in nano-dollars. An increase that has ended stays, as part of what happened.

ALTER TABLE budgets ADD CONSTRAINT uq_budgets_workspace_id UNIQUE (workspace_id, id);

CREATE TABLE budget_increases (
  id uuid CONSTRAINT pk_budget_increases PRIMARY KEY DEFAULT uuidv7(),
  workspace_id uuid NOT NULL CONSTRAINT fk_budget_increases_workspace REFERENCES workspaces,
  budget_id uuid NOT NULL,
  amount_nanos bigint NOT NULL CONSTRAINT ck_budget_increases_amount CHECK (amount_nanos BETWEEN 1 AND 9007199254740991),
  ends_at timestamptz NOT NULL,
  policy_version bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 0,
  CONSTRAINT fk_budget_increases_budget FOREIGN KEY (workspace_id, budget_id) REFERENCES budgets (workspace_id, id)
);
CREATE INDEX ix_budget_increases_budget ON budget_increases (workspace_id, budget_id, ends_at);

CREATE TRIGGER version_policy BEFORE INSERT OR UPDATE ON budget_increases FOR EACH ROW EXECUTE FUNCTION rateguard_version_policy();

ALTER TABLE budget_increases ENABLE ROW LEVEL SECURITY;
ALTER TABLE budget_increases FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON budget_increases TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY app_own_workspace ON budget_increases TO rateguard_app USING (workspace_id = rateguard_workspace()) WITH CHECK (workspace_id = rateguard_workspace());
GRANT SELECT, INSERT, UPDATE ON budget_increases TO rateguard_app;
CREATE POLICY proxy_reads ON budget_increases FOR SELECT TO rateguard_proxy USING (true);
CREATE POLICY alerts_reads ON budget_increases FOR SELECT TO rateguard_alerts USING (true);
GRANT SELECT ON budget_increases TO rateguard_proxy, rateguard_alerts;

--rollback DROP TABLE budget_increases; ALTER TABLE budgets DROP CONSTRAINT uq_budgets_workspace_id;
