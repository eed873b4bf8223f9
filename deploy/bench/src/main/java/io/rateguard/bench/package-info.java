/**
 * Compares, within one run on one machine, the same calls made directly, through a bare proxy and through RateGuard with
 * everything on. Rounds of the contenders take turns, and only ratios within a round are compared.
 */
@NullMarked
package io.rateguard.bench;

import org.jspecify.annotations.NullMarked;
