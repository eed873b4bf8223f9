/** What is watched: alert rules and budgets, as PostgreSQL has them at the moment of asking. */
@NullMarked
package io.rateguard.alerts.rule;

import org.jspecify.annotations.NullMarked;
