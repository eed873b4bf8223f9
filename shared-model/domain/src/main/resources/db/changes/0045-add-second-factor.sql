--liquibase formatted sql

--changeset rateguard:0045-add-second-factor splitStatements:false
--comment A second factor of an account: the secret of its authenticator app, the last step of time of which a code was used, so that none is used twice, and what is kept of its recovery codes.

ALTER TABLE users
  ADD COLUMN totp_sealed bytea,
  ADD COLUMN totp_step bigint NOT NULL DEFAULT 0,
  ADD COLUMN recovery_hashes text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN users.totp_sealed IS 'AES-256-GCM, bound to this row''s id';
COMMENT ON COLUMN users.recovery_hashes IS 'SHA-256 in hex, of 80 random bits each; one that was used is gone';
DROP TRIGGER audit ON users;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON users FOR EACH ROW EXECUTE FUNCTION rateguard_audit('users', 'password_hash', 'reset_hash', 'reset_expires_at', 'totp_sealed', 'totp_step', 'recovery_hashes');

--rollback DROP TRIGGER audit ON users; CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON users FOR EACH ROW EXECUTE FUNCTION rateguard_audit('users', 'password_hash', 'reset_hash', 'reset_expires_at'); ALTER TABLE users DROP COLUMN recovery_hashes, DROP COLUMN totp_step, DROP COLUMN totp_sealed;
