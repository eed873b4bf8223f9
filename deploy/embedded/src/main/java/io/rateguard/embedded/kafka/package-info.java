/** The JVM of the embedded Kafka: one KRaft node, broker and controller at once, on loopback. */
@NullMarked
package io.rateguard.embedded.kafka;

import org.jspecify.annotations.NullMarked;
