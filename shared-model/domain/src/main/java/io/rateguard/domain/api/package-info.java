/** The APIs that a workspace calls through the proxy: their profile, address and credentials. */
@NullMarked
package io.rateguard.domain.api;

import org.jspecify.annotations.NullMarked;
