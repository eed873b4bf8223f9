/** How fast the questions of ClickHouse are answered over many events: {@code ./rateguard bench --analytics}. */
@NullMarked
package io.rateguard.bench.analytics;

import org.jspecify.annotations.NullMarked;
