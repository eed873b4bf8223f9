--liquibase formatted sql

--changeset rateguard:0026-create-corrections splitStatements:false
--comment Corrections of what requests cost: a rerate of a range of time, or what a person says that one request cost. The console asks, the alerts service does it. What it changes stands in the ledger; here is what was asked for, how far it is, and what it came to.

CREATE TABLE corrections (
  id uuid CONSTRAINT pk_corrections PRIMARY KEY DEFAULT uuidv7(),
  workspace_id uuid NOT NULL CONSTRAINT fk_corrections_workspace REFERENCES workspaces,
  author text NOT NULL,
  from_at timestamptz,
  to_at timestamptz,
  api text,
  model text,
  dry_run boolean NOT NULL DEFAULT false,
  request_id text,
  cost_nanos bigint CONSTRAINT ck_corrections_cost CHECK (cost_nanos BETWEEN 0 AND 9007199254740991),
  note text,
  state text NOT NULL DEFAULT 'waiting' CONSTRAINT ck_corrections_state CHECK (state IN ('waiting', 'running', 'done', 'failed')),
  start jsonb,
  progress jsonb,
  trouble text,
  leased_until timestamptz,
  lease integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  version integer NOT NULL DEFAULT 0,
  CONSTRAINT ck_corrections_kind CHECK (num_nonnulls(from_at, to_at) = 2 AND num_nonnulls(request_id, cost_nanos, note) = 0
    OR num_nonnulls(from_at, to_at, api, model) = 0 AND num_nonnulls(request_id, cost_nanos, note) = 3 AND NOT dry_run)
);
COMMENT ON COLUMN corrections.author IS 'who asked, as people know them';
COMMENT ON COLUMN corrections.start IS 'what stands from its beginning to its end: how far the ledger was, the partition of its entries, the epoch of the counters';
COMMENT ON COLUMN corrections.progress IS 'how far it is and what was found until there';
COMMENT ON COLUMN corrections.lease IS 'rises whenever it is taken: who holds an older one has lost it';
CREATE INDEX ix_corrections_open ON corrections (workspace_id, id) WHERE ended_at IS NULL;
CREATE INDEX ix_corrections_workspace ON corrections (workspace_id, id);

ALTER TABLE corrections ENABLE ROW LEVEL SECURITY;
ALTER TABLE corrections FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON corrections TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY app_own_workspace ON corrections TO rateguard_app USING (workspace_id = rateguard_workspace()) WITH CHECK (workspace_id = rateguard_workspace());
GRANT SELECT, INSERT ON corrections TO rateguard_app;
CREATE POLICY alerts_all ON corrections TO rateguard_alerts USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE ON corrections TO rateguard_alerts;

CREATE POLICY alerts_reads ON prices FOR SELECT TO rateguard_alerts USING (true);
GRANT SELECT ON prices TO rateguard_alerts;
CREATE POLICY alerts_reads ON price_imports FOR SELECT TO rateguard_alerts USING (true);
GRANT SELECT ON price_imports TO rateguard_alerts;

--rollback REVOKE ALL ON prices, price_imports FROM rateguard_alerts; DROP POLICY alerts_reads ON prices; DROP POLICY alerts_reads ON price_imports; DROP TABLE corrections;
