/** What use costs: rates, the catalogue that ships with the product, and the one rounding. */
@NullMarked
package io.rateguard.domain.price;

import org.jspecify.annotations.NullMarked;
