/** Alerts on screen: rules, channels, and what was told lately with what came of it. */
@NullMarked
package io.rateguard.console.alerts.ui;

import org.jspecify.annotations.NullMarked;
