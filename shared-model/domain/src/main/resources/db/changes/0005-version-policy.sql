--liquibase formatted sql

--changeset rateguard:0005-version-policy splitStatements:false
--comment Every change of a policy row takes the next version of its workspace and tells the proxies, in the same transaction: no writer can forget it.

CREATE FUNCTION rateguard_version_policy() RETURNS trigger LANGUAGE plpgsql AS $version$
BEGIN
  UPDATE workspaces SET policy_version = policy_version + 1 WHERE id = NEW.workspace_id
    RETURNING policy_version INTO STRICT NEW.policy_version;
  PERFORM pg_notify('rateguard_policy', NEW.workspace_id || ':' || NEW.policy_version);
  RETURN NEW;
END
$version$;

-- A change of the workspace itself counts too, unless it is only the count. The count never steps back: a writer that
-- saves the row as it read it a while ago does not undo what others counted since.
CREATE FUNCTION rateguard_version_workspace() RETURNS trigger LANGUAGE plpgsql AS $version$
BEGIN
  IF NEW.policy_version <= OLD.policy_version THEN
    NEW.policy_version := OLD.policy_version + 1;
    PERFORM pg_notify('rateguard_policy', NEW.id || ':' || NEW.policy_version);
  END IF;
  RETURN NEW;
END
$version$;
CREATE TRIGGER version_workspace BEFORE UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION rateguard_version_workspace();

--rollback DROP TRIGGER version_workspace ON workspaces; DROP FUNCTION rateguard_version_workspace(); DROP FUNCTION rateguard_version_policy();
