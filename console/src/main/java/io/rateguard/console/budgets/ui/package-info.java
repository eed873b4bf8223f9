/** Budgets on screen, each with what is spent, held and left of it. */
@NullMarked
package io.rateguard.console.budgets.ui;

import org.jspecify.annotations.NullMarked;
