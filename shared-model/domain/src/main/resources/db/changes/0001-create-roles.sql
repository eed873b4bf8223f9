--liquibase formatted sql

--changeset rateguard:0001-create-roles splitStatements:false
--comment One role per service; migrate gives them their passwords. The settings that row-level security asks are read in one place each.

-- Roles belong to the server, not to one database: another may be making them at this moment.
DO $roles$
DECLARE
  service text;
BEGIN
  FOREACH service IN ARRAY ARRAY['rateguard_app', 'rateguard_proxy', 'rateguard_alerts'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = service) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS', service);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL;
      END;
    END IF;
  END LOOP;
END
$roles$;

GRANT USAGE ON SCHEMA public TO rateguard_app, rateguard_proxy, rateguard_alerts;

-- Services wait until the changelog they were built with has been applied.
GRANT SELECT ON databasechangelog TO rateguard_app, rateguard_proxy, rateguard_alerts;

-- Set by set_config('rg.user', id, true), since SET cannot name rg.user. After the transaction it reads as the empty text.
CREATE FUNCTION rateguard_workspace() RETURNS uuid LANGUAGE sql STABLE
  RETURN nullif(current_setting('rg.workspace', true), '')::uuid;
CREATE FUNCTION rateguard_user() RETURNS uuid LANGUAGE sql STABLE
  RETURN nullif(current_setting('rg.user', true), '')::uuid;

--rollback DROP FUNCTION rateguard_workspace(); DROP FUNCTION rateguard_user(); REVOKE ALL ON databasechangelog FROM rateguard_app, rateguard_proxy, rateguard_alerts; REVOKE ALL ON SCHEMA public FROM rateguard_app, rateguard_proxy, rateguard_alerts;
