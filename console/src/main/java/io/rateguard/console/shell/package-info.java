/** The frame of the browser interface: looks, sign-in, navigation, and the pages for what does not exist or fails. */
@NullMarked
package io.rateguard.console.shell;

import org.jspecify.annotations.NullMarked;
