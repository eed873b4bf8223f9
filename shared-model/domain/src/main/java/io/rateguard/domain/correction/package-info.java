/** What a correction of costs has found: the alerts service makes it, the console shows it, the database keeps it. */
@NullMarked
package io.rateguard.domain.correction;

import org.jspecify.annotations.NullMarked;
