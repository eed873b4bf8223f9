/** What callers of the services caused and can mend, each with a stable code; answered as RFC 9457 problem documents. */
@NullMarked
package io.rateguard.console.problem;

import org.jspecify.annotations.NullMarked;
