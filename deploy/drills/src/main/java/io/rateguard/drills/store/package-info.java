/** Redis gone, slow, emptied and started again under load: what limits and budgets do, and when they are right again. */
@NullMarked
package io.rateguard.drills.store;

import org.jspecify.annotations.NullMarked;
