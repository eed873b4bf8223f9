/**
 * The load generator, a process of its own. One thread drives all connections; closed loop for throughput, an arrival
 * schedule that waits for nobody for latency.
 */
@NullMarked
package io.rateguard.bench.load;

import org.jspecify.annotations.NullMarked;
