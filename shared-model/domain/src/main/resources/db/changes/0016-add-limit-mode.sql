--liquibase formatted sql

--changeset rateguard:0016-add-limit-mode splitStatements:false
--comment A limit in shadow mode refuses nothing and tells what it would have refused: a way to try a rule on live traffic.

ALTER TABLE limits ADD COLUMN mode text NOT NULL DEFAULT 'enforce'
    CONSTRAINT ck_limits_mode CHECK (mode IN ('enforce', 'shadow'));

--rollback ALTER TABLE limits DROP COLUMN mode;
