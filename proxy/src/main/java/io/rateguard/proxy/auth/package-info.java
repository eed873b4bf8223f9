/** Who is calling: finds the RateGuard key in a request and says whose it is. */
@NullMarked
package io.rateguard.proxy.auth;

import org.jspecify.annotations.NullMarked;
