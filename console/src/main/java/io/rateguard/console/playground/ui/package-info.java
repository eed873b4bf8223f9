/** The playground on screen: a request as it is edited, and its reply as it comes. */
@NullMarked
package io.rateguard.console.playground.ui;

import org.jspecify.annotations.NullMarked;
