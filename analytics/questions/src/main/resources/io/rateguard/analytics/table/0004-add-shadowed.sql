-- What limits in shadow mode would have refused a request with: the request log shows it, and a limit counts it.
ALTER TABLE requests
    ADD COLUMN IF NOT EXISTS shadowed Array(Tuple(
        code            String,
        rule            String,
        rule_name       String,
        scope           String,
        used            Int64,
        limit           Int64,
        reset_at_millis Int64)) AFTER refusal_reset_at;
