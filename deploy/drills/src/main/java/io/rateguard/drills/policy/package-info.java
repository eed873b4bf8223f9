/** How soon every proxy goes by a change of keys, limits, APIs and workspaces. */
@NullMarked
package io.rateguard.drills.policy;

import org.jspecify.annotations.NullMarked;
