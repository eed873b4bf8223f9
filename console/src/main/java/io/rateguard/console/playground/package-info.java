/**
 * Requests that a member sends an API by hand, through the proxy, to see what comes of them and what they cost. They are
 * limited, charged and recorded like any other.
 */
@NullMarked
package io.rateguard.console.playground;

import org.jspecify.annotations.NullMarked;
