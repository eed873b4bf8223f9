/** What the console writes to people and the alerts service mails. */
@NullMarked
package io.rateguard.domain.letter;

import org.jspecify.annotations.NullMarked;
