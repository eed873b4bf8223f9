/** RateGuard keys: made here, shown once, kept as a hash. A key that was revoked stays revoked. */
@NullMarked
package io.rateguard.console.keys;

import org.jspecify.annotations.NullMarked;
