package io.rateguard.analytics.intake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where events travel.
 *
 * @param partitions of the topic, where it has to be created
 * @param group the consumer group that all intakes share
 * @param deadRetention how long dead letters are kept, where their topic has to be created
 */
@ConfigurationProperties("rateguard.events")
record EventsSettings(
        @DefaultValue("api-events") String topic,
        @DefaultValue("8") int partitions,
        @DefaultValue("rateguard-intake") String group,
        @DefaultValue("14d") Duration deadRetention) {

    EventsSettings {
        Expect.that("rateguard.events.topic", topic, topic.matches("[A-Za-z0-9._-]{1,200}"), "a topic name");
        Expect.that("rateguard.events.partitions", partitions, partitions >= 1, "1 or more");
        Expect.that("rateguard.events.group", group, !group.isBlank(), "a name");
        Expect.that(
                "rateguard.events.dead-retention",
                deadRetention,
                deadRetention.compareTo(Duration.ofDays(1)) >= 0,
                "1d or more");
    }

    String deadTopic() {
        return topic + ".dead";
    }
}
