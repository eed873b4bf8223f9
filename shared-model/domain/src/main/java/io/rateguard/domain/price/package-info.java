/**
 * What use costs: rates, the catalogue that ships with the product, prices that a workspace sets itself, and the one
 * rounding. {@link io.rateguard.domain.price.CatalogueImportMain} makes the catalogue from what others publish.
 */
@NullMarked
package io.rateguard.domain.price;

import org.jspecify.annotations.NullMarked;
