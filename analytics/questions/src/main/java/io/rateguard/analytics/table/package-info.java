/**
 * The ClickHouse tables, their changes in order, and the one way in and out. Only this package knows column names for
 * writing; a change that was released is never edited, a new one follows.
 */
@NullMarked
package io.rateguard.analytics.table;

import org.jspecify.annotations.NullMarked;
