/** What a proxy knows and counts by itself, for when the store does not answer. */
@NullMarked
package io.rateguard.proxy.local;

import org.jspecify.annotations.NullMarked;
