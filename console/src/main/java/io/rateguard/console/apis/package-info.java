/**
 * The APIs a workspace calls through the proxy. Their credentials are sealed before they are stored, bound to their row,
 * and never leave again; only the proxy opens them.
 */
@NullMarked
package io.rateguard.console.apis;

import org.jspecify.annotations.NullMarked;
