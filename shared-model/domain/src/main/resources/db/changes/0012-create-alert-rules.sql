--liquibase formatted sql

--changeset rateguard:0012-create-alert-rules splitStatements:false
--comment What to tell whom. budget_id null means every budget, percent null every threshold of its ladder.

CREATE TABLE alert_rules (
  id uuid CONSTRAINT pk_alert_rules PRIMARY KEY DEFAULT uuidv7(),
  workspace_id uuid NOT NULL CONSTRAINT fk_alert_rules_workspace REFERENCES workspaces,
  name text NOT NULL,
  type text NOT NULL CONSTRAINT ck_alert_rules_type CHECK (type IN ('budget-threshold')),
  budget_id uuid CONSTRAINT fk_alert_rules_budget REFERENCES budgets,
  percent integer CONSTRAINT ck_alert_rules_percent CHECK (percent BETWEEN 1 AND 1000),
  channel_ids uuid[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 0,
  deleted_at timestamptz
);
CREATE UNIQUE INDEX uq_alert_rules_name ON alert_rules (workspace_id, name) WHERE deleted_at IS NULL;

ALTER TABLE alert_rules ENABLE ROW LEVEL SECURITY;
ALTER TABLE alert_rules FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON alert_rules TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY app_own_workspace ON alert_rules TO rateguard_app USING (workspace_id = rateguard_workspace()) WITH CHECK (workspace_id = rateguard_workspace());
GRANT SELECT, INSERT, UPDATE ON alert_rules TO rateguard_app;
CREATE POLICY alerts_reads ON alert_rules FOR SELECT TO rateguard_alerts USING (true);
GRANT SELECT ON alert_rules TO rateguard_alerts;

--rollback DROP TABLE alert_rules;
