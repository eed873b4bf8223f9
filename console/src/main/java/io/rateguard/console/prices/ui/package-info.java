/** The screen of prices. */
@NullMarked
package io.rateguard.console.prices.ui;

import org.jspecify.annotations.NullMarked;
