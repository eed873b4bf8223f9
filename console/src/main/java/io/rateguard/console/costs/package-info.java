/** What a workspace spent, cut by up to three attributes of its requests over any of a few periods. */
@NullMarked
package io.rateguard.console.costs;

import org.jspecify.annotations.NullMarked;
