--liquibase formatted sql

--changeset rateguard:0061-remove-unused-address-proofs splitStatements:false
--comment An address that nobody proved to be theirs is kept no longer than its link is of use; the alerts service removes it.

CREATE INDEX ix_address_proofs_expiry ON address_proofs (expires_at);
CREATE POLICY alerts_removes_expired ON address_proofs TO rateguard_alerts USING (expires_at < now());
GRANT SELECT (expires_at), DELETE ON address_proofs TO rateguard_alerts;

--rollback REVOKE SELECT (expires_at), DELETE ON address_proofs FROM rateguard_alerts; DROP POLICY alerts_removes_expired ON address_proofs; DROP INDEX ix_address_proofs_expiry;
