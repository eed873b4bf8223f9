package io.rateguard.embedded;

/** How to reach a Kafka cluster. */
public record KafkaAccess(String bootstrapServers) {}
