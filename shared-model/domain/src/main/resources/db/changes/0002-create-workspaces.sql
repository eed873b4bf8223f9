--liquibase formatted sql

--changeset rateguard:0002-create-workspaces splitStatements:false
--comment The tenants. policy_version counts every change of what the proxies must know.

CREATE TABLE workspaces (
  id uuid CONSTRAINT pk_workspaces PRIMARY KEY DEFAULT uuidv7(),
  slug text NOT NULL CONSTRAINT uq_workspaces_slug UNIQUE,
  name text NOT NULL,
  zone text NOT NULL DEFAULT 'UTC',
  unpriced text NOT NULL DEFAULT 'default' CONSTRAINT ck_workspaces_unpriced CHECK (unpriced IN ('default', 'block', 'allow')),
  output_cap_tokens bigint CONSTRAINT ck_workspaces_output_cap CHECK (output_cap_tokens > 0),
  policy_version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 0,
  deleted_at timestamptz
);
COMMENT ON COLUMN workspaces.unpriced IS 'default: block under a strict budget, else allow';
COMMENT ON COLUMN workspaces.output_cap_tokens IS 'the output limit assumed for a request that names none and whose model publishes none';

--rollback DROP TABLE workspaces;
