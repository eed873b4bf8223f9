--liquibase formatted sql

--changeset rateguard:0050-add-webhook-channels splitStatements:false
--comment Signed webhooks to receivers of a workspace's own, and what a receiver answered, for the history of a channel.

ALTER TABLE channels DROP CONSTRAINT ck_channels_type;
ALTER TABLE channels ADD CONSTRAINT ck_channels_type CHECK (type IN ('email', 'slack', 'webhook'));
COMMENT ON COLUMN channels.target IS 'what may be shown: {"to": [address]} of email, {"host": …} of slack and webhook';
COMMENT ON COLUMN channels.sealed IS 'AES-256-GCM, bound to this row''s id: the address of slack, {"url", "secret"} of webhook';
ALTER TABLE deliveries ADD COLUMN answer text;
COMMENT ON COLUMN deliveries.answer IS 'the status and the beginning of what the receiver answered last, without secrets';

--rollback ALTER TABLE deliveries DROP COLUMN answer; DELETE FROM deliveries WHERE channel_id IN (SELECT id FROM channels WHERE type = 'webhook'); DELETE FROM channels WHERE type = 'webhook'; ALTER TABLE channels DROP CONSTRAINT ck_channels_type; ALTER TABLE channels ADD CONSTRAINT ck_channels_type CHECK (type IN ('email', 'slack'));
