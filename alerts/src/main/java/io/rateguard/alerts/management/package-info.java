/** How the service is doing, for probes, Prometheus and its log. */
@NullMarked
package io.rateguard.alerts.management;

import org.jspecify.annotations.NullMarked;
