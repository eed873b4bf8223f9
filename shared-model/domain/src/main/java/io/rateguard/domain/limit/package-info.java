/** Limit rules: what they match, how they partition, and the pure algorithms that decide. */
@NullMarked
package io.rateguard.domain.limit;

import org.jspecify.annotations.NullMarked;
