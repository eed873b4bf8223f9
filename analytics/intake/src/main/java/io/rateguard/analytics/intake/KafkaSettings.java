package io.rateguard.analytics.intake;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to reach Kafka.
 *
 * @param properties handed to every client as they are, for SASL and TLS
 */
@ConfigurationProperties("rateguard.kafka")
record KafkaSettings(
        @DefaultValue("127.0.0.1:9092") String bootstrap,
        @DefaultValue Map<String, String> properties) {

    KafkaSettings {
        Expect.that("rateguard.kafka.bootstrap", bootstrap, !bootstrap.isBlank(), "host:port, …");
        properties = Map.copyOf(properties);
    }

    /** Properties may hold passwords. */
    @Override
    public String toString() {
        return "Kafka at " + bootstrap + " with " + properties.keySet();
    }
}
