--liquibase formatted sql

--changeset rateguard:0048-name-changes-of-accounts splitStatements:false
--comment An account's new address has a name of its own in the audit log, whether or not a new password was asked for meanwhile; a second factor that is sealed anew was neither turned on nor off.

CREATE OR REPLACE FUNCTION rateguard_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $audit$
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
    ELSIF TG_TABLE_NAME = 'users' AND old_row ->> 'email' <> new_row ->> 'email' THEN
      done := 'address-changed';
    ELSIF old_row -> 'reset_hash' IS DISTINCT FROM new_row -> 'reset_hash' THEN
      done := 'reset-requested';
    ELSIF (old_row ->> 'totp_sealed' IS NULL) <> (new_row ->> 'totp_sealed' IS NULL) THEN
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

--rollback SELECT 1;
