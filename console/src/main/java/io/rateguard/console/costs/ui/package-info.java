/** The screen Costs. */
@NullMarked
package io.rateguard.console.costs.ui;

import org.jspecify.annotations.NullMarked;
