/** How lists ask the history of requests for what they can do without. */
@NullMarked
package io.rateguard.console.history;

import org.jspecify.annotations.NullMarked;
