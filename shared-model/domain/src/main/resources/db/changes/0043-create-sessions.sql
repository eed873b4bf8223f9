--liquibase formatted sql

--changeset rateguard:0043-create-sessions splitStatements:false
--comment Where people are signed in, so that they see it and can end it: each console looks here whether a session that it serves still stands. seen_at is right to the minute.

CREATE TABLE sessions (
  id uuid CONSTRAINT pk_sessions PRIMARY KEY DEFAULT uuidv7(),
  user_id uuid NOT NULL CONSTRAINT fk_sessions_user REFERENCES users,
  address text NOT NULL,
  browser text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  version integer NOT NULL DEFAULT 0
);
COMMENT ON COLUMN sessions.browser IS 'what it says of itself';
CREATE INDEX ix_sessions_user ON sessions (user_id, id) WHERE ended_at IS NULL;

ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE sessions FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON sessions TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY app_own ON sessions TO rateguard_app USING (user_id = rateguard_user()) WITH CHECK (user_id = rateguard_user());
GRANT SELECT, INSERT, UPDATE ON sessions TO rateguard_app;
-- Their beginning is the sign-in, which has an entry of its own.
CREATE TRIGGER audit AFTER UPDATE ON sessions FOR EACH ROW EXECUTE FUNCTION rateguard_audit('sessions');

--rollback DROP TABLE sessions;
