/**
 * Limits and budgets counted in Redis: admission takes from all of them or from none, settlement replaces what was held
 * by what it cost, both once per request id; what was spent without an admission is added once per cause. This package
 * owns the Redis keys and the scripts. Whole numbers below 2⁵³ only; every key of a workspace shares its hash tag.
 */
@NullMarked
package io.rateguard.counters;

import org.jspecify.annotations.NullMarked;
