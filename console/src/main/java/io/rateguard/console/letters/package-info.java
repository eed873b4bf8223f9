/** Letters to people, which carry a link: queued here, sealed, and mailed by the alerts service. */
@NullMarked
package io.rateguard.console.letters;

import org.jspecify.annotations.NullMarked;
