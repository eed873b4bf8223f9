--liquibase formatted sql

--changeset rateguard:0051-add-timed-alert-rules splitStatements:false
--comment Rules that are judged on time, over what requests did lately, and what they came upon: open until it is over.

ALTER TABLE alert_rules DROP CONSTRAINT ck_alert_rules_type;
ALTER TABLE alert_rules ADD CONSTRAINT ck_alert_rules_type CHECK (type IN ('budget-threshold', 'forecast', 'spike',
  'error-rate', 'latency', 'refusals', 'key-expiring', 'unpriced', 'degraded', 'upstream-failing'));
ALTER TABLE alert_rules DROP CONSTRAINT ck_alert_rules_percent;
ALTER TABLE alert_rules ADD CONSTRAINT ck_alert_rules_percent CHECK (percent BETWEEN 1 AND 100000);
ALTER TABLE alert_rules ADD COLUMN subject text;
ALTER TABLE alert_rules ADD COLUMN millis integer CONSTRAINT ck_alert_rules_millis CHECK (millis >= 1);
ALTER TABLE alert_rules ADD COLUMN window_seconds integer CONSTRAINT ck_alert_rules_window CHECK (window_seconds >= 60);
ALTER TABLE alert_rules ADD COLUMN minimum integer CONSTRAINT ck_alert_rules_minimum CHECK (minimum >= 1);
ALTER TABLE alert_rules ADD COLUMN muted_until timestamptz;
COMMENT ON COLUMN alert_rules.subject IS 'an API''s slug, a model or a key''s id, by the type; null: all of them. Budgets are in budget_id';
COMMENT ON COLUMN alert_rules.muted_until IS 'what the rule comes upon until then is written down and told nobody';

CREATE TABLE incidents (
  id uuid CONSTRAINT pk_incidents PRIMARY KEY DEFAULT uuidv7(),
  workspace_id uuid NOT NULL CONSTRAINT fk_incidents_workspace REFERENCES workspaces,
  rule_id uuid NOT NULL CONSTRAINT fk_incidents_rule REFERENCES alert_rules,
  subject text NOT NULL,
  subject_name text NOT NULL,
  opened_at timestamptz NOT NULL,
  value bigint NOT NULL,
  threshold bigint NOT NULL,
  volume bigint NOT NULL,
  closed_at timestamptz,
  closed_value bigint,
  created_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 0,
  CONSTRAINT uq_incidents_once UNIQUE (rule_id, subject, opened_at),
  CONSTRAINT uq_incidents_workspace_id UNIQUE (workspace_id, id)
);
COMMENT ON COLUMN incidents.subject IS 'what it happened to: an API''s slug, a model, the id of a key or budget; empty: the workspace';
COMMENT ON COLUMN incidents.value IS 'in the unit of the rule''s type: thousandths of a percent, milliseconds, requests, nano-dollars, epoch millis';
CREATE UNIQUE INDEX uq_incidents_open ON incidents (rule_id, subject) WHERE closed_at IS NULL;
CREATE INDEX ix_incidents_workspace ON incidents (workspace_id, id);

ALTER TABLE incidents ENABLE ROW LEVEL SECURITY;
ALTER TABLE incidents FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON incidents TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY app_own_workspace ON incidents FOR SELECT TO rateguard_app USING (workspace_id = rateguard_workspace());
GRANT SELECT ON incidents TO rateguard_app;
CREATE POLICY alerts_all ON incidents TO rateguard_alerts USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON incidents TO rateguard_alerts;

ALTER TABLE deliveries ADD COLUMN incident_id uuid;
ALTER TABLE deliveries ADD COLUMN recovery boolean NOT NULL DEFAULT false;
ALTER TABLE deliveries ADD CONSTRAINT fk_deliveries_incident FOREIGN KEY (workspace_id, incident_id) REFERENCES incidents (workspace_id, id);
ALTER TABLE deliveries ADD CONSTRAINT uq_deliveries_of_incident UNIQUE (incident_id, channel_id, recovery);
COMMENT ON COLUMN deliveries.recovery IS 'tells that the incident is over; it waits for the delivery that tells of its beginning';
DROP POLICY app_tests ON deliveries;
CREATE POLICY app_tests ON deliveries FOR INSERT TO rateguard_app
  WITH CHECK (workspace_id = rateguard_workspace() AND crossing_id IS NULL AND incident_id IS NULL);

--rollback DELETE FROM deliveries WHERE incident_id IS NOT NULL; DROP POLICY app_tests ON deliveries; CREATE POLICY app_tests ON deliveries FOR INSERT TO rateguard_app WITH CHECK (workspace_id = rateguard_workspace() AND crossing_id IS NULL); ALTER TABLE deliveries DROP COLUMN recovery, DROP COLUMN incident_id; DROP TABLE incidents; DELETE FROM alert_rules WHERE type <> 'budget-threshold'; ALTER TABLE alert_rules DROP COLUMN subject, DROP COLUMN millis, DROP COLUMN window_seconds, DROP COLUMN minimum, DROP COLUMN muted_until; ALTER TABLE alert_rules DROP CONSTRAINT ck_alert_rules_type; ALTER TABLE alert_rules ADD CONSTRAINT ck_alert_rules_type CHECK (type IN ('budget-threshold')); ALTER TABLE alert_rules DROP CONSTRAINT ck_alert_rules_percent; ALTER TABLE alert_rules ADD CONSTRAINT ck_alert_rules_percent CHECK (percent BETWEEN 1 AND 1000);
