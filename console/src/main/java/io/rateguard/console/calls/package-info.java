/**
 * Requests that the console itself sends, as an application would: through the proxy, with a key lent for them. They are
 * limited, charged and recorded like any other.
 */
@NullMarked
package io.rateguard.console.calls;

import org.jspecify.annotations.NullMarked;
