package io.rateguard.analytics.intake;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where events travel.
 *
 * @param partitions of the topic, where it has to be created
 * @param group the consumer group that all intakes share
 */
@ConfigurationProperties("rateguard.events")
record EventsSettings(
        @DefaultValue("api-events") String topic,
        @DefaultValue("8") int partitions,
        @DefaultValue("rateguard-intake") String group) {

    EventsSettings {
        Expect.that("rateguard.events.topic", topic, topic.matches("[A-Za-z0-9._-]{1,200}"), "a topic name");
        Expect.that("rateguard.events.partitions", partitions, partitions >= 1, "1 or more");
        Expect.that("rateguard.events.group", group, !group.isBlank(), "a name");
    }

    String deadTopic() {
        return topic + ".dead";
    }
}
