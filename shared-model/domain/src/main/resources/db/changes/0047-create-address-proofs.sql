--liquibase formatted sql

--changeset rateguard:0047-create-address-proofs splitStatements:false
--comment Links in letters that prove that an address is somebody's: of an account that is to be made, or of one that is to have this address. There is one for each address, known by its hash; it is gone once it is used.

CREATE TABLE address_proofs (
  id uuid CONSTRAINT pk_address_proofs PRIMARY KEY DEFAULT uuidv7(),
  email text NOT NULL,
  user_id uuid CONSTRAINT fk_address_proofs_user REFERENCES users,
  hash bytea NOT NULL CONSTRAINT uq_address_proofs_hash UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  version integer NOT NULL DEFAULT 0
);
COMMENT ON COLUMN address_proofs.user_id IS 'whose address it is to be; null: of a new account';
CREATE UNIQUE INDEX uq_address_proofs_email ON address_proofs (lower(email));

ALTER TABLE address_proofs ENABLE ROW LEVEL SECURITY;
ALTER TABLE address_proofs FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON address_proofs TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY app_own ON address_proofs TO rateguard_app
  USING (lower(email) = lower(nullif(current_setting('rg.email', true), '')))
  WITH CHECK (lower(email) = lower(nullif(current_setting('rg.email', true), '')));
CREATE POLICY app_by_hash ON address_proofs FOR SELECT TO rateguard_app
  USING (hash = decode(nullif(current_setting('rg.token_hash', true), ''), 'hex'));
GRANT SELECT, INSERT, UPDATE, DELETE ON address_proofs TO rateguard_app;

--rollback DROP TABLE address_proofs;
