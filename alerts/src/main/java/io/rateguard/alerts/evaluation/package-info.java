/**
 * From what a budget has spent to what is worth telling: pure, and recorded once for each rule, budget, window, threshold
 * and amount, however often and by however many it is seen.
 */
@NullMarked
package io.rateguard.alerts.evaluation;

import org.jspecify.annotations.NullMarked;
