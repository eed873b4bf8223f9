/** The tenants, and which of them a caller can see. */
@NullMarked
package io.rateguard.console.workspaces;

import org.jspecify.annotations.NullMarked;
