/**
 * The frame of the browser interface: looks, sign-in, navigation, and the pages for what does not exist or fails. It
 * knows the screens of the features by their addresses alone.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"account", "common :: ui", "problem", "rest", "security", "workspaces"})
package io.rateguard.console.shell;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
