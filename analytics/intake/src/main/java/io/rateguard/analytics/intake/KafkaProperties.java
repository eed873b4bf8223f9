package io.rateguard.analytics.intake;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;

/** What the Kafka clients are told: our defaults, then what the operator sets, then what the protocol needs. */
final class KafkaProperties {

    /** More than any message of the topic of events can be where it is set up as usual. */
    static final int MOST_LETTER_BYTES = 32 << 20;

    private KafkaProperties() {}

    static Map<String, Object> admin(KafkaSettings settings) {
        Map<String, Object> properties = new HashMap<>(settings.properties());
        properties.keySet().removeIf(name -> name.startsWith("group."));
        properties.put("bootstrap.servers", settings.bootstrap());
        properties.put("default.api.timeout.ms", 10_000);
        properties.put("request.timeout.ms", 5_000);
        return properties;
    }

    static Map<String, Object> producer(KafkaSettings settings) {
        Map<String, Object> properties = new HashMap<>(settings.properties());
        properties.keySet().removeIf(name -> name.startsWith("group."));
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrap());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        // A partition that is just getting its leader may refuse one request and take the next: then the first can
        // never
        // follow, and waits until its time is over.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MOST_LETTER_BYTES);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
        return properties;
    }

    static Map<String, Object> consumer(KafkaSettings settings, EventsSettings events) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 300_000);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        properties.putAll(settings.properties());
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrap());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, events.group());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return properties;
    }

    /** After which time without a word from a consumer with these properties others may have its partitions. */
    static Duration longestSilence(Map<String, Object> consumer) {
        return Stream.of(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG)
                .map(name -> Duration.ofMillis(Long.parseLong(String.valueOf(consumer.get(name)))))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}
