--liquibase formatted sql

--changeset rateguard:0003-create-users splitStatements:false
--comment People and what they may do where. Users are found by their own id or e-mail address, since signing in precedes a workspace, and by the workspaces they share.

CREATE TABLE users (
  id uuid CONSTRAINT pk_users PRIMARY KEY DEFAULT uuidv7(),
  email text NOT NULL,
  name text NOT NULL,
  password_hash text,
  created_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 0,
  disabled_at timestamptz
);
CREATE UNIQUE INDEX uq_users_email ON users (lower(email));

CREATE TABLE memberships (
  id uuid CONSTRAINT pk_memberships PRIMARY KEY DEFAULT uuidv7(),
  workspace_id uuid NOT NULL CONSTRAINT fk_memberships_workspace REFERENCES workspaces,
  user_id uuid NOT NULL CONSTRAINT fk_memberships_user REFERENCES users,
  role text NOT NULL CONSTRAINT ck_memberships_role CHECK (role IN ('owner', 'admin', 'developer', 'viewer', 'billing')),
  created_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 0,
  CONSTRAINT uq_memberships_workspace_user UNIQUE (workspace_id, user_id)
);
CREATE INDEX ix_memberships_user ON memberships (user_id);

ALTER TABLE memberships ENABLE ROW LEVEL SECURITY;
ALTER TABLE memberships FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON memberships TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY app_own_workspace ON memberships TO rateguard_app
  USING (workspace_id = rateguard_workspace()) WITH CHECK (workspace_id = rateguard_workspace());
CREATE POLICY app_own_memberships ON memberships FOR SELECT TO rateguard_app USING (user_id = rateguard_user());
GRANT SELECT, INSERT, UPDATE, DELETE ON memberships TO rateguard_app;

ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE users FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON users TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY app_self ON users TO rateguard_app USING (
    id = rateguard_user() OR lower(email) = lower(nullif(current_setting('rg.email', true), '')))
  WITH CHECK (id = rateguard_user() OR lower(email) = lower(nullif(current_setting('rg.email', true), '')));
CREATE POLICY app_fellow_members ON users FOR SELECT TO rateguard_app USING (
  EXISTS (SELECT FROM memberships m WHERE m.user_id = users.id AND m.workspace_id = rateguard_workspace()));
GRANT SELECT, INSERT, UPDATE ON users TO rateguard_app;

ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY;
ALTER TABLE workspaces FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON workspaces TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY app_own_workspace ON workspaces TO rateguard_app
  USING (id = rateguard_workspace()) WITH CHECK (id = rateguard_workspace());
CREATE POLICY app_own_memberships ON workspaces FOR SELECT TO rateguard_app USING (
  EXISTS (SELECT FROM memberships m WHERE m.workspace_id = workspaces.id AND m.user_id = rateguard_user()));
CREATE POLICY proxy_reads ON workspaces FOR SELECT TO rateguard_proxy USING (true);
CREATE POLICY alerts_reads ON workspaces FOR SELECT TO rateguard_alerts USING (true);
GRANT SELECT, INSERT, UPDATE ON workspaces TO rateguard_app;
GRANT SELECT ON workspaces TO rateguard_proxy, rateguard_alerts;

--rollback REVOKE ALL ON workspaces FROM rateguard_app, rateguard_proxy, rateguard_alerts; ALTER TABLE workspaces NO FORCE ROW LEVEL SECURITY; ALTER TABLE workspaces DISABLE ROW LEVEL SECURITY; DROP POLICY alerts_reads ON workspaces; DROP POLICY proxy_reads ON workspaces; DROP POLICY app_own_memberships ON workspaces; DROP POLICY app_own_workspace ON workspaces; DROP POLICY owner_all ON workspaces; DROP POLICY app_fellow_members ON users; DROP TABLE memberships; DROP TABLE users;
