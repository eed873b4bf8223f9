/** What starts the processes that are measured: each ends when the comparison does. */
@NullMarked
package io.rateguard.bench.child;

import org.jspecify.annotations.NullMarked;
