/**
 * Before anything serves: the owner role migrates the database and creates what a first sign-in needs; services wait
 * for it. Plain JDBC, no Spring; passwords and tokens are never printed.
 */
@NullMarked
package io.rateguard.console.setup;

import org.jspecify.annotations.NullMarked;
