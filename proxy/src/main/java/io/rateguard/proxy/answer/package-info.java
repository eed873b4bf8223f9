/** What callers read from RateGuard itself: its headers, and its refusals in the caller's own dialect. */
@NullMarked
package io.rateguard.proxy.answer;

import org.jspecify.annotations.NullMarked;
