/** Whether every event is counted once, whatever dies between a proxy and the ledger. */
@NullMarked
package io.rateguard.drills.events;

import org.jspecify.annotations.NullMarked;
