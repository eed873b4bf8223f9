package io.rateguard.drills.alerts;

/**
 * A message in its receiver's hands.
 *
 * @param id what it says that it is known by
 * @param atNanos by {@link System#nanoTime()}
 */
record Received(Telling telling, String id, long atNanos) {

    /** A threshold is told once by each medium. */
    record Telling(Medium medium, Threshold threshold) {}
}
