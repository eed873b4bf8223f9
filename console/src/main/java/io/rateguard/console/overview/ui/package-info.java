/** The overview on screen: it asks again every two seconds and writes only what has changed. */
@NullMarked
package io.rateguard.console.overview.ui;

import org.jspecify.annotations.NullMarked;
