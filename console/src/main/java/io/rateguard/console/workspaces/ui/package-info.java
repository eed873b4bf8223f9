/** What the screens of a workspace have in common: they are found by its slug, and only by its members. */
@NullMarked
package io.rateguard.console.workspaces.ui;

import org.jspecify.annotations.NullMarked;
