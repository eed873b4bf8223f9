/** The settings of a workspace on screen. */
@NullMarked
package io.rateguard.console.settings.ui;

import org.jspecify.annotations.NullMarked;
