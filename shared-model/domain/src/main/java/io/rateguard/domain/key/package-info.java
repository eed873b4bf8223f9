/** RateGuard keys and management tokens: their form, their checksum, and how they are stored. */
@NullMarked
package io.rateguard.domain.key;

import org.jspecify.annotations.NullMarked;
