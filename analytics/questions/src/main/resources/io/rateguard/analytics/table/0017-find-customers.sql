-- Who looks for the requests of one end-customer who makes few skips the rest: a granule tells whether it has one of them.
ALTER TABLE requests ADD INDEX IF NOT EXISTS by_customer customer TYPE bloom_filter(0.01) GRANULARITY 1;
