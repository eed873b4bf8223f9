/** APIs on screen: the list, and a form for a new one whose secret can be written but never read. */
@NullMarked
package io.rateguard.console.apis.ui;

import org.jspecify.annotations.NullMarked;
