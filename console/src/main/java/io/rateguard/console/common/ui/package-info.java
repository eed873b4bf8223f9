/** The pieces that several screens are made of, and how figures are written on all of them. */
@NullMarked
package io.rateguard.console.common.ui;

import org.jspecify.annotations.NullMarked;
