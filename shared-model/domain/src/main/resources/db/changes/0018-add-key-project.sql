--liquibase formatted sql

--changeset rateguard:0018-add-key-project splitStatements:false
--comment The project a key belongs to: a name that limits and budgets can go by.

ALTER TABLE api_keys ADD COLUMN project text
    CONSTRAINT ck_api_keys_project CHECK (project ~ '^[A-Za-z0-9_-]{1,64}$');

--rollback ALTER TABLE api_keys DROP COLUMN project;
