/** Limit rules, stored in the shapes of the management API as {@code LimitShapes} of the domain reads and writes them. */
@NullMarked
package io.rateguard.console.limits;

import org.jspecify.annotations.NullMarked;
