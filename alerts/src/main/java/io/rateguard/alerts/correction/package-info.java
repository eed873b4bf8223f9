/**
 * Corrections of what requests cost. The console writes down what is wanted: a <i>rerate</i> of a range of time at the
 * prices that hold now, or what one request costs. One correction of a workspace is done after the other, by whichever
 * service has its lease. It reads the requests that had been taken in when it began, newest first, and sends an adjusting
 * entry for each that costs something else, under its own id as journal and numbered by the request's place among them;
 * so whatever is done again after a crash is the same, and the intake drops it. When the ledger has all entries, windows
 * of budgets that have not ended are corrected in the counters, once in the epoch that the correction began in; where
 * another one has begun meanwhile, budgets are counted anew from the ledger.
 */
@NullMarked
package io.rateguard.alerts.correction;

import org.jspecify.annotations.NullMarked;
