/** What drills run on: servers, services and a provider on loopback, and callers. */
@NullMarked
package io.rateguard.drills.ground;

import org.jspecify.annotations.NullMarked;
