/**
 * What a fresh installation needs before it is useful: the database and its roles, and the demo API with its key. Each
 * step looks first, so that a second start changes nothing.
 */
@NullMarked
package io.rateguard.standalone.setup;

import org.jspecify.annotations.NullMarked;
