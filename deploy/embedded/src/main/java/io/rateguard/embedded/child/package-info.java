/** What binds a part's own JVM to the one that started it. */
@NullMarked
package io.rateguard.embedded.child;

import org.jspecify.annotations.NullMarked;
