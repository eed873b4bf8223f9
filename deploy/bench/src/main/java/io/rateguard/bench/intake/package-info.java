/** What the intake needs for an event, and how soon an event can be asked for: {@code ./rateguard bench --intake}. */
@NullMarked
package io.rateguard.bench.intake;

import org.jspecify.annotations.NullMarked;
