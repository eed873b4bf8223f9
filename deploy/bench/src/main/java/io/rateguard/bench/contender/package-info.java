/** What RateGuard is compared with: the fixed upstream by itself, and the least proxy there can be. */
@NullMarked
package io.rateguard.bench.contender;

import org.jspecify.annotations.NullMarked;
