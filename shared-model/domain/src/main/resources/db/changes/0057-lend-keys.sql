--liquibase formatted sql

--changeset rateguard:0057-lend-keys splitStatements:false
--comment A key that the console lends itself, to send a request through the proxy in somebody's name: for what, and for ten minutes at most.

ALTER TABLE api_keys ADD COLUMN lent_for text
    CONSTRAINT ck_api_keys_lent_for CHECK (lent_for IN ('playground', 'connection-test')),
    ADD CONSTRAINT ck_api_keys_lent_briefly CHECK (
        lent_for IS NULL OR expires_at IS NOT NULL AND expires_at <= created_at + interval '10 minutes');

--rollback ALTER TABLE api_keys DROP CONSTRAINT ck_api_keys_lent_briefly, DROP COLUMN lent_for;
