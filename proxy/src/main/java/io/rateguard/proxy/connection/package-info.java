/**
 * The callers' connections: what of HTTP is refused before it is taken for a request, because it is broken, could be read
 * in two ways, or comes too slowly.
 */
@NullMarked
package io.rateguard.proxy.connection;

import org.jspecify.annotations.NullMarked;
