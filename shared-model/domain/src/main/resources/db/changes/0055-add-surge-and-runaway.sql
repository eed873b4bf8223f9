--liquibase formatted sql

--changeset rateguard:0055-add-surge-and-runaway splitStatements:false
--comment Rules on requests far above usual, and on keys that send one request again and again.

ALTER TABLE alert_rules DROP CONSTRAINT ck_alert_rules_type;
ALTER TABLE alert_rules ADD CONSTRAINT ck_alert_rules_type CHECK (type IN ('budget-threshold', 'forecast', 'spike',
  'error-rate', 'latency', 'refusals', 'key-expiring', 'unpriced', 'degraded', 'upstream-failing', 'surge', 'runaway'));

--rollback DELETE FROM deliveries WHERE incident_id IN (SELECT i.id FROM incidents i JOIN alert_rules r ON r.id = i.rule_id WHERE r.type IN ('surge', 'runaway')); DELETE FROM incidents WHERE rule_id IN (SELECT id FROM alert_rules WHERE type IN ('surge', 'runaway')); DELETE FROM alert_rules WHERE type IN ('surge', 'runaway'); ALTER TABLE alert_rules DROP CONSTRAINT ck_alert_rules_type; ALTER TABLE alert_rules ADD CONSTRAINT ck_alert_rules_type CHECK (type IN ('budget-threshold', 'forecast', 'spike', 'error-rate', 'latency', 'refusals', 'key-expiring', 'unpriced', 'degraded', 'upstream-failing'));
