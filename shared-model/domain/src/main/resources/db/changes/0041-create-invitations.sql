--liquibase formatted sql

--changeset rateguard:0041-create-invitations splitStatements:false
--comment Invitations of people into a workspace, and the letters that carry their links. An invitation is found by the hash of its link, since whoever opens it need not have an account yet. A letter waits in the outbox like an alert, sealed, and is forgotten once it is sent; its delivery has the invitation's id.

CREATE TABLE invitations (
  id uuid CONSTRAINT pk_invitations PRIMARY KEY DEFAULT uuidv7(),
  workspace_id uuid NOT NULL CONSTRAINT fk_invitations_workspace REFERENCES workspaces,
  email text NOT NULL,
  role text NOT NULL CONSTRAINT ck_invitations_role CHECK (role IN ('owner', 'admin', 'developer', 'viewer', 'billing')),
  invited_by text NOT NULL,
  hash bytea NOT NULL CONSTRAINT uq_invitations_hash UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  accepted_at timestamptz,
  revoked_at timestamptz,
  version integer NOT NULL DEFAULT 0,
  CONSTRAINT ck_invitations_ended CHECK (accepted_at IS NULL OR revoked_at IS NULL)
);
CREATE UNIQUE INDEX uq_invitations_open ON invitations (workspace_id, lower(email)) WHERE accepted_at IS NULL AND revoked_at IS NULL;

ALTER TABLE invitations ENABLE ROW LEVEL SECURITY;
ALTER TABLE invitations FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON invitations TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY app_own_workspace ON invitations TO rateguard_app USING (workspace_id = rateguard_workspace()) WITH CHECK (workspace_id = rateguard_workspace());
CREATE POLICY app_by_hash ON invitations FOR SELECT TO rateguard_app
  USING (hash = decode(nullif(current_setting('rg.token_hash', true), ''), 'hex'));
GRANT SELECT, INSERT, UPDATE ON invitations TO rateguard_app;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON invitations FOR EACH ROW EXECUTE FUNCTION rateguard_audit('invitations', 'hash');

ALTER TABLE deliveries
  ALTER COLUMN channel_id DROP NOT NULL,
  ADD COLUMN mail_to text,
  ADD COLUMN letter bytea,
  ADD CONSTRAINT ck_deliveries_kind CHECK (num_nonnulls(channel_id, mail_to) = 1 AND num_nonnulls(crossing_id, mail_to) < 2 AND (letter IS NULL OR mail_to IS NOT NULL));
COMMENT ON COLUMN deliveries.letter IS 'AES-256-GCM, bound to this row''s id; null once it is sent or given up';

--rollback DELETE FROM deliveries WHERE channel_id IS NULL; ALTER TABLE deliveries DROP COLUMN letter, DROP COLUMN mail_to, ALTER COLUMN channel_id SET NOT NULL; DROP TABLE invitations;
