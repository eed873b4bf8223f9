/**
 * Budgets and what is left of them. Amounts come from PostgreSQL, what is spent and held from the live counters: while
 * those do not answer, budgets are still shown, without figures. A new budget is given what its window has spent already,
 * as far as the request history knows.
 */
@NullMarked
package io.rateguard.console.budgets;

import org.jspecify.annotations.NullMarked;
