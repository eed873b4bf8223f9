--liquibase formatted sql

--changeset rateguard:0015-add-limit-weights splitStatements:false
--comment How much a token of each class counts where a limit counts weighted tokens, in the shape of the management API.

ALTER TABLE limits ADD COLUMN weights_permille jsonb NOT NULL DEFAULT '{}';

--rollback ALTER TABLE limits DROP COLUMN weights_permille;
