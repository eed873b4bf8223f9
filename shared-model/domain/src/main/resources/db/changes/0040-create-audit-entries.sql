--liquibase formatted sql

--changeset rateguard:0040-create-audit-entries splitStatements:false
--comment Who changed what, from where, and who signed in. The database writes an entry for every row that is changed, in the same transaction: no writer can forget it, and nobody can change an entry. An entry of a workspace has its id; one of an account alone, such as a sign-in, has the account's, and is seen by the workspaces it is a member of.

CREATE TABLE audit_entries (
  id uuid CONSTRAINT pk_audit_entries PRIMARY KEY DEFAULT uuidv7(),
  workspace_id uuid CONSTRAINT fk_audit_entries_workspace REFERENCES workspaces,
  user_id uuid CONSTRAINT fk_audit_entries_user REFERENCES users,
  actor_type text NOT NULL CONSTRAINT ck_audit_entries_actor CHECK (actor_type IN ('person', 'token', 'system')),
  actor_id uuid,
  actor_name text NOT NULL,
  address text,
  action text NOT NULL,
  resource text NOT NULL,
  resource_id uuid NOT NULL,
  before jsonb,
  after jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT ck_audit_entries_place CHECK (workspace_id IS NOT NULL OR user_id IS NOT NULL)
);
COMMENT ON COLUMN audit_entries.actor_name IS 'as it was then: the address of a person, the name of a token';
CREATE INDEX ix_audit_entries_workspace ON audit_entries (workspace_id, id);
CREATE INDEX ix_audit_entries_user ON audit_entries (user_id, id) WHERE workspace_id IS NULL;

ALTER TABLE audit_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entries FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON audit_entries TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY app_own_workspace ON audit_entries FOR SELECT TO rateguard_app USING (workspace_id = rateguard_workspace());
CREATE POLICY app_members ON audit_entries FOR SELECT TO rateguard_app USING (
  workspace_id IS NULL AND EXISTS (
    SELECT FROM memberships m WHERE m.user_id = audit_entries.user_id AND m.workspace_id = rateguard_workspace()));
-- The account that signs in is named by rg.email.
CREATE POLICY app_signs_in ON audit_entries FOR INSERT TO rateguard_app WITH CHECK (
  workspace_id IS NULL AND resource = 'sign-ins' AND EXISTS (
    SELECT FROM users u WHERE u.id = audit_entries.user_id
      AND lower(u.email) = lower(nullif(current_setting('rg.email', true), ''))));
GRANT SELECT, INSERT ON audit_entries TO rateguard_app;

-- The arguments: the resource's name, then the columns that are secret, or too large, or told elsewhere. Whoever acts is in
-- rg.actor; else it is the database's own user. A time of deletion, revocation, suspension, acceptance, application or end
-- names the action, as do a status, a key's successor and the secrets of an account. What only counts is no change.
CREATE FUNCTION rateguard_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $audit$
DECLARE
  noise text[] := ARRAY['version', 'policy_version', 'seen_at', 'totp_step'];
  hidden text[] := noise || ARRAY['id', 'workspace_id', 'created_at'] || TG_ARGV[1:];
  old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
  whole jsonb := coalesce(new_row, old_row);
  actor jsonb := coalesce(
    nullif(current_setting('rg.actor', true), '')::jsonb, jsonb_build_object('type', 'system', 'name', session_user));
  person jsonb := '{}';
  done text;
  cause text;
BEGIN
  IF TG_OP = 'UPDATE' AND old_row - noise = new_row - noise THEN
    RETURN NULL;
  END IF;
  IF TG_TABLE_NAME = 'deliveries' AND num_nonnulls(new_row ->> 'crossing_id', new_row ->> 'incident_id', new_row ->> 'mail_to') > 0 THEN
    RETURN NULL;
  END IF;
  IF TG_TABLE_NAME = 'memberships' THEN
    SELECT jsonb_build_object('email', email) INTO STRICT person FROM users WHERE id = (whole ->> 'user_id')::uuid;
  END IF;
  done := CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'changed' ELSE 'deleted' END;
  IF TG_OP = 'UPDATE' THEN
    IF old_row ->> 'status' <> new_row ->> 'status' THEN
      done := CASE new_row ->> 'status' WHEN 'active' THEN 'resumed' ELSE new_row ->> 'status' END;
    END IF;
    IF old_row ->> 'successor_id' IS NULL AND new_row ->> 'successor_id' IS NOT NULL THEN
      done := 'rotated';
    END IF;
    IF old_row ->> 'suspended_at' IS NOT NULL AND new_row ->> 'suspended_at' IS NULL THEN
      done := 'resumed';
    END IF;
    IF old_row -> 'password_hash' IS DISTINCT FROM new_row -> 'password_hash' THEN
      done := 'password-changed';
    ELSIF old_row -> 'reset_hash' IS DISTINCT FROM new_row -> 'reset_hash' THEN
      done := 'reset-requested';
    ELSIF old_row -> 'totp_sealed' IS DISTINCT FROM new_row -> 'totp_sealed' THEN
      done := CASE WHEN new_row ->> 'totp_sealed' IS NULL THEN 'second-factor-off' ELSE 'second-factor-on' END;
    ELSIF old_row -> 'recovery_hashes' IS DISTINCT FROM new_row -> 'recovery_hashes' THEN
      done := 'recovery-code-used';
    END IF;
    FOREACH cause IN ARRAY ARRAY['accepted', 'applied', 'ended', 'suspended', 'revoked', 'deleted'] LOOP
      IF old_row ->> (cause || '_at') IS NULL AND new_row ->> (cause || '_at') IS NOT NULL THEN
        done := cause;
      END IF;
    END LOOP;
  END IF;
  INSERT INTO audit_entries
    (workspace_id, user_id, actor_type, actor_id, actor_name, address, action, resource, resource_id, before, after)
  VALUES (
    CASE TG_TABLE_NAME WHEN 'workspaces' THEN (whole ->> 'id')::uuid ELSE (whole ->> 'workspace_id')::uuid END,
    CASE TG_TABLE_NAME WHEN 'users' THEN (whole ->> 'id')::uuid WHEN 'sessions' THEN (whole ->> 'user_id')::uuid END,
    actor ->> 'type', (actor ->> 'id')::uuid, actor ->> 'name', actor ->> 'address',
    done, TG_ARGV[0], (whole ->> 'id')::uuid, old_row - hidden || person, new_row - hidden || person);
  RETURN NULL;
END
$audit$;

CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON workspaces FOR EACH ROW EXECUTE FUNCTION rateguard_audit('workspaces');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON users FOR EACH ROW EXECUTE FUNCTION rateguard_audit('users', 'password_hash');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON memberships FOR EACH ROW EXECUTE FUNCTION rateguard_audit('members');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON management_tokens FOR EACH ROW EXECUTE FUNCTION rateguard_audit('tokens', 'hash');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON apis FOR EACH ROW EXECUTE FUNCTION rateguard_audit('apis');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON api_credentials FOR EACH ROW EXECUTE FUNCTION rateguard_audit('credentials', 'sealed');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON api_keys FOR EACH ROW EXECUTE FUNCTION rateguard_audit('keys', 'hash');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON limits FOR EACH ROW EXECUTE FUNCTION rateguard_audit('limits');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON budgets FOR EACH ROW EXECUTE FUNCTION rateguard_audit('budgets');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON budget_increases FOR EACH ROW EXECUTE FUNCTION rateguard_audit('increases');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON prices FOR EACH ROW EXECUTE FUNCTION rateguard_audit('prices');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON price_imports FOR EACH ROW EXECUTE FUNCTION rateguard_audit('price-imports', 'catalogue', 'changes', 'left_out');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON channels FOR EACH ROW EXECUTE FUNCTION rateguard_audit('channels', 'sealed');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON alert_rules FOR EACH ROW EXECUTE FUNCTION rateguard_audit('alert-rules');
-- To ask for a correction, or for a test of a channel, is a person's doing; what follows is not.
CREATE TRIGGER audit AFTER INSERT ON corrections FOR EACH ROW EXECUTE FUNCTION rateguard_audit('corrections', 'author', 'state', 'start', 'progress', 'trouble', 'leased_until', 'lease', 'ended_at');
CREATE TRIGGER audit AFTER INSERT ON deliveries FOR EACH ROW EXECUTE FUNCTION rateguard_audit('tests');

--rollback DROP FUNCTION rateguard_audit() CASCADE; DROP TABLE audit_entries;
