--liquibase formatted sql

--changeset rateguard:0062-carry-sessions-over splitStatements:false
--comment A session goes on at another console once its own is lost: the browser keeps a secret, and is found by the hash of it. None: the session began before there were any. Whoever disables an account, by whatever way, ends its sessions for good.

ALTER TABLE sessions ADD COLUMN secret_hash bytea CONSTRAINT uq_sessions_secret_hash UNIQUE;
CREATE POLICY app_by_secret ON sessions FOR SELECT TO rateguard_app
  USING (secret_hash = decode(nullif(current_setting('rg.token_hash', true), ''), 'hex'));
DROP TRIGGER audit ON sessions;
CREATE TRIGGER audit AFTER UPDATE ON sessions FOR EACH ROW EXECUTE FUNCTION rateguard_audit('sessions', 'secret_hash');

CREATE FUNCTION rateguard_end_sessions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $end$
BEGIN
  UPDATE sessions SET ended_at = now(), version = version + 1 WHERE user_id = NEW.id AND ended_at IS NULL;
  RETURN NULL;
END
$end$;
CREATE TRIGGER end_sessions AFTER UPDATE OF disabled_at ON users FOR EACH ROW
  WHEN (OLD.disabled_at IS NULL AND NEW.disabled_at IS NOT NULL) EXECUTE FUNCTION rateguard_end_sessions();

--rollback DROP TRIGGER end_sessions ON users; DROP FUNCTION rateguard_end_sessions(); DROP TRIGGER audit ON sessions; DROP POLICY app_by_secret ON sessions; ALTER TABLE sessions DROP COLUMN secret_hash; CREATE TRIGGER audit AFTER UPDATE ON sessions FOR EACH ROW EXECUTE FUNCTION rateguard_audit('sessions');
