--liquibase formatted sql

--changeset rateguard:0052-tell-owners-of-budgets splitStatements:false
--comment Without asking, the owners of a workspace hear of its budgets: the alerts service gives each workspace a channel to its owners, whoever they are when a message is sent, and rules that tell there.

ALTER TABLE channels DROP CONSTRAINT ck_channels_type;
ALTER TABLE channels ADD CONSTRAINT ck_channels_type CHECK (type IN ('email', 'slack', 'webhook', 'owners'));
CREATE UNIQUE INDEX uq_channels_owners ON channels (workspace_id) WHERE type = 'owners' AND deleted_at IS NULL;
CREATE POLICY alerts_gives ON channels FOR INSERT TO rateguard_alerts WITH CHECK (type = 'owners');
GRANT INSERT ON channels TO rateguard_alerts;
CREATE POLICY alerts_gives ON alert_rules FOR INSERT TO rateguard_alerts WITH CHECK (type = 'budget-threshold');
GRANT INSERT ON alert_rules TO rateguard_alerts;

CREATE POLICY alerts_reads ON memberships FOR SELECT TO rateguard_alerts USING (role = 'owner');
GRANT SELECT (workspace_id, user_id, role) ON memberships TO rateguard_alerts;
CREATE POLICY alerts_reads ON users FOR SELECT TO rateguard_alerts USING (
  EXISTS (SELECT FROM memberships m WHERE m.user_id = users.id AND m.role = 'owner'));
GRANT SELECT (id, email, disabled_at) ON users TO rateguard_alerts;

--rollback DROP POLICY alerts_reads ON users; REVOKE SELECT (id, email, disabled_at) ON users FROM rateguard_alerts; DROP POLICY alerts_reads ON memberships; REVOKE SELECT (workspace_id, user_id, role) ON memberships FROM rateguard_alerts; REVOKE INSERT ON alert_rules FROM rateguard_alerts; DROP POLICY alerts_gives ON alert_rules; REVOKE INSERT ON channels FROM rateguard_alerts; DROP POLICY alerts_gives ON channels; DROP INDEX uq_channels_owners; UPDATE alert_rules SET deleted_at = now() WHERE deleted_at IS NULL AND channel_ids && ARRAY(SELECT id FROM channels WHERE type = 'owners'); DELETE FROM deliveries WHERE channel_id IN (SELECT id FROM channels WHERE type = 'owners'); DELETE FROM channels WHERE type = 'owners'; ALTER TABLE channels DROP CONSTRAINT ck_channels_type; ALTER TABLE channels ADD CONSTRAINT ck_channels_type CHECK (type IN ('email', 'slack', 'webhook'));
