/**
 * The questions asked of ClickHouse, one class each with its {@code .sql} beside it. Each is asked for one workspace,
 * which is bound as a parameter; usage comes from the rollup, single requests from the raw events, and both tell the
 * same counts and the same money. What is told may be a few seconds old.
 */
@NullMarked
package io.rateguard.analytics.question;

import org.jspecify.annotations.NullMarked;
