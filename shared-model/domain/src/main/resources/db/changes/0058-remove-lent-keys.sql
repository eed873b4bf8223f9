--liquibase formatted sql

--changeset rateguard:0058-remove-lent-keys splitStatements:false
--comment Of keys that were lent, the alerts service keeps none for long. That one was lent and given back is in the audit log, where its removal is nothing new. A removal looks for the successors of what it removes.

CREATE INDEX ix_api_keys_lent ON api_keys (expires_at) WHERE lent_for IS NOT NULL;
CREATE INDEX ix_api_keys_line ON api_keys (line_id) WHERE line_id IS NOT NULL;
CREATE POLICY alerts_removes_lent ON api_keys FOR DELETE TO rateguard_alerts USING (lent_for IS NOT NULL AND expires_at < now());
GRANT DELETE ON api_keys TO rateguard_alerts;
DROP TRIGGER audit ON api_keys;
CREATE TRIGGER audit AFTER INSERT OR UPDATE ON api_keys FOR EACH ROW EXECUTE FUNCTION rateguard_audit('keys', 'hash');
CREATE TRIGGER audit_removal AFTER DELETE ON api_keys FOR EACH ROW WHEN (OLD.lent_for IS NULL) EXECUTE FUNCTION rateguard_audit('keys', 'hash');

--rollback DROP TRIGGER audit_removal ON api_keys; DROP TRIGGER audit ON api_keys; CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON api_keys FOR EACH ROW EXECUTE FUNCTION rateguard_audit('keys', 'hash'); REVOKE DELETE ON api_keys FROM rateguard_alerts; DROP POLICY alerts_removes_lent ON api_keys; DROP INDEX ix_api_keys_line; DROP INDEX ix_api_keys_lent;
