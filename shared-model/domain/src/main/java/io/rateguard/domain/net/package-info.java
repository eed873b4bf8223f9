/** Where RateGuard may connect to on behalf of a workspace. */
@NullMarked
package io.rateguard.domain.net;

import org.jspecify.annotations.NullMarked;
