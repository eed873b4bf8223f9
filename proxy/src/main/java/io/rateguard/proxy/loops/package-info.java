/** The event loops of the proxy: every request lives on one of them, both its legs. */
@NullMarked
package io.rateguard.proxy.loops;

import org.jspecify.annotations.NullMarked;
