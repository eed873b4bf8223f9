/**
 * Before anything serves: the owner role migrates the database and creates what a first sign-in needs; services wait
 * for it. Plain JDBC, no Spring context, no other feature; passwords and tokens are never printed.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.rateguard.console.setup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
