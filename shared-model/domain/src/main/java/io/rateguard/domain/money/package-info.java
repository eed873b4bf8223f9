/** Amounts of US dollars, whole nano-dollars everywhere; decimals exist only at the edge. */
@NullMarked
package io.rateguard.domain.money;

import org.jspecify.annotations.NullMarked;
