/** The quick search on screen, from everywhere. */
@NullMarked
package io.rateguard.console.search.ui;

import org.jspecify.annotations.NullMarked;
