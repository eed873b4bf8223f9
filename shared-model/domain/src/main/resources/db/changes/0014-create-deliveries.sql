--liquibase formatted sql

--changeset rateguard:0014-create-deliveries splitStatements:false
--comment The outbox: one row for each channel that has to hear of a crossing, written with the crossing; a test has none.

CREATE TABLE deliveries (
  id uuid CONSTRAINT pk_deliveries PRIMARY KEY DEFAULT uuidv7(),
  workspace_id uuid NOT NULL CONSTRAINT fk_deliveries_workspace REFERENCES workspaces,
  crossing_id uuid,
  channel_id uuid NOT NULL,
  state text NOT NULL DEFAULT 'pending' CONSTRAINT ck_deliveries_state CHECK (state IN ('pending', 'delivered', 'failed')),
  attempts integer NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL DEFAULT now(),
  trouble text,
  created_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  version integer NOT NULL DEFAULT 0,
  CONSTRAINT fk_deliveries_crossing FOREIGN KEY (workspace_id, crossing_id) REFERENCES crossings (workspace_id, id),
  CONSTRAINT fk_deliveries_channel FOREIGN KEY (workspace_id, channel_id) REFERENCES channels (workspace_id, id),
  CONSTRAINT uq_deliveries_once UNIQUE (crossing_id, channel_id)
);
COMMENT ON COLUMN deliveries.due_at IS 'when it may be taken; whoever takes it moves this on by the lease';
COMMENT ON COLUMN deliveries.trouble IS 'why the last attempt failed, without secrets';
CREATE INDEX ix_deliveries_due ON deliveries (due_at) WHERE state = 'pending';
CREATE INDEX ix_deliveries_workspace ON deliveries (workspace_id, id);

ALTER TABLE deliveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE deliveries FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON deliveries TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON deliveries FOR SELECT TO rateguard_app USING (workspace_id = rateguard_workspace());
CREATE POLICY app_tests ON deliveries FOR INSERT TO rateguard_app WITH CHECK (workspace_id = rateguard_workspace() AND crossing_id IS NULL);
GRANT SELECT, INSERT ON deliveries TO rateguard_app;
CREATE POLICY alerts_all ON deliveries TO rateguard_alerts USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON deliveries TO rateguard_alerts;

--rollback DROP TABLE deliveries;
