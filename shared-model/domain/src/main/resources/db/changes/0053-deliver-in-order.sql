--liquibase formatted sql

--changeset rateguard:0053-deliver-in-order splitStatements:false
--comment What waits for a channel is delivered in the order in which it was written; this finds what is before a delivery.

CREATE INDEX ix_deliveries_order ON deliveries (channel_id, id) WHERE state = 'pending';

--rollback DROP INDEX ix_deliveries_order;
