/** Keys on screen: the list, and the one moment in which a secret is seen. */
@NullMarked
package io.rateguard.console.keys.ui;

import org.jspecify.annotations.NullMarked;
