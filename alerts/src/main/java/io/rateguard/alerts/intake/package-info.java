/** The crossings that settlements told of, from Kafka, by a consumer group of their own. */
@NullMarked
package io.rateguard.alerts.intake;

import org.jspecify.annotations.NullMarked;
