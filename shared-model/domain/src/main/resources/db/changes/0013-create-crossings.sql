--liquibase formatted sql

--changeset rateguard:0013-create-crossings splitStatements:false
--comment What alert rules came upon, once: whoever sees a crossing again finds its row here.

CREATE TABLE crossings (
  id uuid CONSTRAINT pk_crossings PRIMARY KEY DEFAULT uuidv7(),
  workspace_id uuid NOT NULL CONSTRAINT fk_crossings_workspace REFERENCES workspaces,
  rule_id uuid NOT NULL CONSTRAINT fk_crossings_rule REFERENCES alert_rules,
  budget_id uuid NOT NULL CONSTRAINT fk_crossings_budget REFERENCES budgets,
  window_name text NOT NULL,
  window_start_millis bigint NOT NULL,
  window_end_millis bigint NOT NULL,
  percent integer NOT NULL,
  amount_nanos bigint NOT NULL,
  spent_nanos bigint NOT NULL,
  crossed_at timestamptz NOT NULL,
  source text NOT NULL CONSTRAINT ck_crossings_source CHECK (source IN ('told', 'found')),
  created_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 0,
  CONSTRAINT uq_crossings_once UNIQUE (rule_id, budget_id, window_name, percent, amount_nanos),
  CONSTRAINT uq_crossings_workspace_id UNIQUE (workspace_id, id)
);
COMMENT ON COLUMN crossings.source IS 'told by the settlement, or found by looking at the counters';
CREATE INDEX ix_crossings_workspace ON crossings (workspace_id, id);

ALTER TABLE crossings ENABLE ROW LEVEL SECURITY;
ALTER TABLE crossings FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON crossings TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY app_own_workspace ON crossings FOR SELECT TO rateguard_app USING (workspace_id = rateguard_workspace());
GRANT SELECT ON crossings TO rateguard_app;
CREATE POLICY alerts_all ON crossings TO rateguard_alerts USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON crossings TO rateguard_alerts;

--rollback DROP TABLE crossings;
