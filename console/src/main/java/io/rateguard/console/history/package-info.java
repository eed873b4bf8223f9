/** How the history of requests is asked by those who can do without its answer, or refuse without it. */
@NullMarked
package io.rateguard.console.history;

import org.jspecify.annotations.NullMarked;
