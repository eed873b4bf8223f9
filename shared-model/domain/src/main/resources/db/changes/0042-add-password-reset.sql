--liquibase formatted sql

--changeset rateguard:0042-add-password-reset splitStatements:false
--comment A new password by a link in a letter: an account has one such link at most, known by its hash. Letters of accounts are of no workspace.

ALTER TABLE users
  ADD COLUMN reset_hash bytea CONSTRAINT uq_users_reset_hash UNIQUE,
  ADD COLUMN reset_expires_at timestamptz,
  ADD CONSTRAINT ck_users_reset CHECK ((reset_hash IS NULL) = (reset_expires_at IS NULL));
CREATE POLICY app_by_reset ON users FOR SELECT TO rateguard_app
  USING (reset_hash = decode(nullif(current_setting('rg.token_hash', true), ''), 'hex'));
DROP TRIGGER audit ON users;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON users FOR EACH ROW EXECUTE FUNCTION rateguard_audit('users', 'password_hash', 'reset_hash', 'reset_expires_at');

ALTER TABLE deliveries
  ALTER COLUMN workspace_id DROP NOT NULL,
  ADD CONSTRAINT ck_deliveries_workspace CHECK (workspace_id IS NOT NULL OR mail_to IS NOT NULL);
CREATE POLICY app_own_letters ON deliveries FOR INSERT TO rateguard_app WITH CHECK (
  workspace_id IS NULL AND lower(mail_to) = lower(nullif(current_setting('rg.email', true), '')));

--rollback DROP POLICY app_own_letters ON deliveries; DELETE FROM deliveries WHERE workspace_id IS NULL; ALTER TABLE deliveries DROP CONSTRAINT ck_deliveries_workspace, ALTER COLUMN workspace_id SET NOT NULL; DROP TRIGGER audit ON users; CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON users FOR EACH ROW EXECUTE FUNCTION rateguard_audit('users', 'password_hash'); DROP POLICY app_by_reset ON users; ALTER TABLE users DROP COLUMN reset_expires_at, DROP COLUMN reset_hash;
