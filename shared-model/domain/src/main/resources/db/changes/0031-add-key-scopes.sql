--liquibase formatted sql

--changeset rateguard:0031-add-key-scopes splitStatements:false
--comment What else a key may be kept to, whether it trusts the customer that a caller names, and who answers for it. An empty scope means all.

ALTER TABLE api_keys
    ADD COLUMN models text[] NOT NULL DEFAULT '{}',
    ADD COLUMN endpoints text[] NOT NULL DEFAULT '{}',
    ADD COLUMN ip_ranges text[] NOT NULL DEFAULT '{}',
    ADD COLUMN customer_header text NOT NULL DEFAULT 'ignored'
        CONSTRAINT ck_api_keys_customer_header CHECK (customer_header IN ('ignored', 'trusted', 'required')),
    ADD COLUMN owner text;

--rollback ALTER TABLE api_keys DROP COLUMN models, DROP COLUMN endpoints, DROP COLUMN ip_ranges, DROP COLUMN customer_header, DROP COLUMN owner;
