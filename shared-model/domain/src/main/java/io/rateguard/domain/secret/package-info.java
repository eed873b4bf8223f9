/** Secrets at rest: what the console seals, only the proxy opens. */
@NullMarked
package io.rateguard.domain.secret;

import org.jspecify.annotations.NullMarked;
