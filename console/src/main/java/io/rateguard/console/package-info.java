/** The console: a browser interface for teams, the management API, and the commands that prepare the database. */
@NullMarked
package io.rateguard.console;

import org.jspecify.annotations.NullMarked;
