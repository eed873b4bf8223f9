/** The people of a workspace and the role of each. A workspace always has an owner. */
@NullMarked
package io.rateguard.console.members;

import org.jspecify.annotations.NullMarked;
