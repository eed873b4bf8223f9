/** Identities, each its own type, so that two of them are never mixed up. */
@NullMarked
package io.rateguard.domain.id;

import org.jspecify.annotations.NullMarked;
