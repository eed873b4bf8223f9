/** The members of a workspace on screen, and the page that an invitation leads to. */
@NullMarked
package io.rateguard.console.members.ui;

import org.jspecify.annotations.NullMarked;
