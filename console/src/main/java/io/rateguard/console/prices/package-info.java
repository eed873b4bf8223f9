/** Prices that a workspace sets itself, stored in the shapes of {@code PriceShapes} of the domain. */
@NullMarked
package io.rateguard.console.prices;

import org.jspecify.annotations.NullMarked;
