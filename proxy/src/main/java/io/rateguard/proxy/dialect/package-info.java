/**
 * How a route reads the request and the provider's report of what was used. A dialect follows from the API's profile and
 * the path, never from what the client sends; bodies pass byte-exact, and what cannot be read is never taken for zero.
 * Adding a dialect: one {@link Dialect} with its request reader and tally, and a line in {@link Routes}.
 */
@NullMarked
package io.rateguard.proxy.dialect;

import org.jspecify.annotations.NullMarked;
