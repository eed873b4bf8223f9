package io.rateguard.standalone.sample;

/**
 * A request on its way in.
 *
 * @param seed decides everything else about it
 */
record Ask(Workload workload, long atMillis, long seed) {}
