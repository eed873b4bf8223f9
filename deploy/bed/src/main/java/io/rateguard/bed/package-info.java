/**
 * What a bench, a drill or a whole-system test stands on: RateGuard's database with its rows, and its services as
 * processes on loopback that can be killed, paused and started again. Everything in it is thrown away afterwards.
 */
@NullMarked
package io.rateguard.bed;

import org.jspecify.annotations.NullMarked;
