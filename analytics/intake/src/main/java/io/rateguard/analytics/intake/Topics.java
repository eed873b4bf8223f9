package io.rateguard.analytics.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics of events and of dead letters. */
final class Topics {

    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);

    /** A file of letters goes when the newest in it is too old: a day later than it was to go at most. */
    private static final Duration LETTERS_OF_A_FILE = Duration.ofDays(1);

    private Topics() {}

    /** Creates those that are missing; another that does so at the same time does no harm. */
    static void ensure(Map<String, Object> properties, EventsSettings events) {
        try (Admin admin = Admin.create(properties)) {
            Set<String> present = admin.listTopics().names().get();
            List<NewTopic> missing = new ArrayList<>();
            if (!present.contains(events.topic())) {
                missing.add(new NewTopic(events.topic(), Optional.of(events.partitions()), Optional.empty()));
            }
            if (!present.contains(events.deadTopic())) {
                missing.add(new NewTopic(events.deadTopic(), Optional.of(1), Optional.empty()).configs(dead(events)));
            }
            for (NewTopic topic : missing) {
                create(admin, topic);
            }
        } catch (ExecutionException failure) {
            throw new KafkaException("topics: " + failure.getCause(), failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while creating topics", interrupted);
        }
    }

    /** Always with room for the headers that a letter has more. */
    private static Map<String, String> dead(EventsSettings events) {
        return Map.of(
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(events.deadRetention().toMillis()),
                TopicConfig.SEGMENT_MS_CONFIG,
                Long.toString(LETTERS_OF_A_FILE.toMillis()),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(KafkaProperties.MOST_LETTER_BYTES));
    }

    private static void create(Admin admin, NewTopic topic) throws ExecutionException, InterruptedException {
        try {
            admin.createTopics(List.of(topic)).all().get();
            LOG.info("topic created: {}", topic.name());
        } catch (ExecutionException failure) {
            if (!(failure.getCause() instanceof TopicExistsException)) {
                throw failure;
            }
        }
    }
}
