--liquibase formatted sql

--changeset rateguard:0030-add-key-lines splitStatements:false
--comment A key that was rotated has a successor; both count as one line, named by the first key. line_id null: the key is the first of its own.

ALTER TABLE api_keys ADD COLUMN line_id uuid CONSTRAINT fk_api_keys_line REFERENCES api_keys;
ALTER TABLE api_keys ADD COLUMN successor_id uuid
    CONSTRAINT fk_api_keys_successor REFERENCES api_keys
    CONSTRAINT uq_api_keys_successor UNIQUE;

--rollback ALTER TABLE api_keys DROP COLUMN successor_id; ALTER TABLE api_keys DROP COLUMN line_id;
