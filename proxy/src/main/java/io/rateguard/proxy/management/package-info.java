/** Health and metrics of the proxy, on a port of their own. */
@NullMarked
package io.rateguard.proxy.management;

import org.jspecify.annotations.NullMarked;
