/**
 * What runs inside the JVM of a service before the service itself. It is packaged alone, so that a service sees none of
 * the launcher's class path.
 */
@NullMarked
package io.rateguard.standalone.child;

import org.jspecify.annotations.NullMarked;
