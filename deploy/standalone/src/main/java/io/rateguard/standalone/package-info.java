/**
 * The one-command product: {@code up} starts every part of RateGuard in processes of its own, keeps them running and stops
 * them. Everything listens on loopback; nothing secret is on a command line; no process outlives the launcher for long.
 */
@NullMarked
package io.rateguard.standalone;

import org.jspecify.annotations.NullMarked;
