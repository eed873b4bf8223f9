/** Finding anything of a workspace by a part of its name. */
@NullMarked
package io.rateguard.console.search;

import org.jspecify.annotations.NullMarked;
