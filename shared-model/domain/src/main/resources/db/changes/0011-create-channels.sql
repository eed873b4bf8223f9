--liquibase formatted sql

--changeset rateguard:0011-create-channels splitStatements:false
--comment Where alerts are sent. What is secret of a target, such as a webhook's address, is sealed.

CREATE TABLE channels (
  id uuid CONSTRAINT pk_channels PRIMARY KEY DEFAULT uuidv7(),
  workspace_id uuid NOT NULL CONSTRAINT fk_channels_workspace REFERENCES workspaces,
  name text NOT NULL,
  type text NOT NULL CONSTRAINT ck_channels_type CHECK (type IN ('email', 'slack')),
  target jsonb NOT NULL,
  sealed bytea,
  sealed_with text,
  created_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 0,
  deleted_at timestamptz,
  CONSTRAINT uq_channels_workspace_id UNIQUE (workspace_id, id)
);
COMMENT ON COLUMN channels.target IS 'what may be shown: {"to": [address]} of email, {"host": …} of slack';
COMMENT ON COLUMN channels.sealed IS 'AES-256-GCM, bound to this row''s id: the webhook''s address';
CREATE UNIQUE INDEX uq_channels_name ON channels (workspace_id, name) WHERE deleted_at IS NULL;

ALTER TABLE channels ENABLE ROW LEVEL SECURITY;
ALTER TABLE channels FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON channels TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY app_own_workspace ON channels TO rateguard_app USING (workspace_id = rateguard_workspace()) WITH CHECK (workspace_id = rateguard_workspace());
GRANT SELECT, INSERT, UPDATE ON channels TO rateguard_app;
CREATE POLICY alerts_reads ON channels FOR SELECT TO rateguard_alerts USING (true);
GRANT SELECT ON channels TO rateguard_alerts;

--rollback DROP TABLE channels;
