/** What was asked and used, read from ClickHouse through the questions of {@code analytics}. */
@NullMarked
package io.rateguard.console.requests;

import org.jspecify.annotations.NullMarked;
