-- By what the same request of a key is known when it comes again: keys caught in a loop are found by it.
ALTER TABLE requests ADD COLUMN IF NOT EXISTS fingerprint Nullable(Int64) AFTER attempts;
