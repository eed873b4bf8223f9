/**
 * The outbox: each delivery is taken by one service at a time, for the time of a lease, and tried until it is handed over
 * or a day has passed. Handed over twice only when a process dies between handing over and marking, under the same id.
 */
@NullMarked
package io.rateguard.alerts.delivery;

import org.jspecify.annotations.NullMarked;
