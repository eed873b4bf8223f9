/**
 * Channels, which say where, and alert rules, which say what is told there. The alerts service reads both and delivers;
 * what is secret of a channel is sealed and never shown again.
 */
@NullMarked
package io.rateguard.console.alerts;

import org.jspecify.annotations.NullMarked;
