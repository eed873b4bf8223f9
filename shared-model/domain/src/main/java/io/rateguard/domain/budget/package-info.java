/** Budgets: how much may be spent, where, and in which window. */
@NullMarked
package io.rateguard.domain.budget;

import org.jspecify.annotations.NullMarked;
