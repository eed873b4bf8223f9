/** Limits on screen, each rule as a sentence. */
@NullMarked
package io.rateguard.console.limits.ui;

import org.jspecify.annotations.NullMarked;
