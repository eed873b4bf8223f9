/** Has budgets counted anew, from what proxies report and what the ledger knows, once Redis has lost what it counted. */
@NullMarked
package io.rateguard.alerts.rebuild;

import org.jspecify.annotations.NullMarked;
