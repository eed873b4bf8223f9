--liquibase formatted sql

--changeset rateguard:0046-create-attempts splitStatements:false
--comment How often something was tried of late that may be tried so often only, such as a password: counted here, all consoles count together. A door is what stays shut then, such as an account from one network; its name is kept as a hash, since it may be the address of somebody who has no account.

CREATE TABLE attempts (
  id uuid CONSTRAINT pk_attempts PRIMARY KEY DEFAULT uuidv7(),
  door text NOT NULL CONSTRAINT uq_attempts_door UNIQUE,
  since timestamptz NOT NULL DEFAULT now(),
  count integer NOT NULL DEFAULT 1
);
COMMENT ON COLUMN attempts.door IS 'SHA-256 in hex';
CREATE INDEX ix_attempts_since ON attempts (since);

ALTER TABLE attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE attempts FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON attempts TO CURRENT_USER USING (true) WITH CHECK (true);
-- What is old is removed by whoever comes by.
CREATE POLICY app_at_the_door ON attempts TO rateguard_app
  USING (door = ANY (string_to_array(current_setting('rg.doors', true), ',')) OR since < now() - interval '1 hour')
  WITH CHECK (door = ANY (string_to_array(current_setting('rg.doors', true), ',')));
GRANT SELECT, INSERT, UPDATE, DELETE ON attempts TO rateguard_app;

--rollback DROP TABLE attempts;
