/** The proxy: {@link io.rateguard.proxy.Proxy} is its list of parts. */
@NullMarked
package io.rateguard.proxy;

import org.jspecify.annotations.NullMarked;
