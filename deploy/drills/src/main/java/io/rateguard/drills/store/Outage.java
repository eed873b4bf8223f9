package io.rateguard.drills.store;

import java.time.Duration;
import java.util.Optional;

/**
 * One fault as it went.
 *
 * @param goneAtMillis when Redis was touched; {@code rightAtMillis} when all callers of budgets passed again and a further
 *     window of the limit was over
 * @param limitsRight from Redis's return until every proxy counted limits by it; {@code budgetsRight} until every proxy
 *     counted budgets by it; empty: never
 * @param differenceNanos counters less ledger, of all budgets, once nothing was under way
 */
record Outage(
        Fault fault,
        long goneAtMillis,
        long rightAtMillis,
        Optional<Duration> limitsRight,
        Optional<Duration> budgetsRight,
        long differenceNanos) {}
