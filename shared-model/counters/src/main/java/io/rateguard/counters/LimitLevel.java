package io.rateguard.counters;

/**
 * What a limit has left, negative while a settlement that found more used is being paid back, and how long until it is
 * full again ({@link Long#MAX_VALUE}: never).
 */
public record LimitLevel(long remaining, long millisUntilFull) {}
