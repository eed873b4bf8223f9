package io.rateguard.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

    @TempDir
    Path dir;

    @Test
    void keepsAcknowledgedRecordsOverAStopAndAKill() throws Exception {
        KafkaAccess first;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(Settings.in(dir))) {
            first = kafka.access();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", first.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic("notes", 1, (short) 1)))
                        .all()
                        .get(30, TimeUnit.SECONDS);
            }
            send(first, "stopped");
        }

        try (EmbeddedKafka kafka = EmbeddedKafka.start(Settings.in(dir))) {
            send(first, "killed");
            kafka.kill();

            kafka.start();

            assertThat(kafka.access()).isEqualTo(first);
            assertThat(read(first, 2)).containsExactly("stopped", "killed");
        }
    }

    private static void send(KafkaAccess access, String text) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", access.bootstrapServers(), "acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("notes", text)).get(30, TimeUnit.SECONDS);
        }
    }

    private static List<String> read(KafkaAccess access, int count) throws Exception {
        List<String> texts = new ArrayList<>();
        TopicPartition partition = new TopicPartition("notes", 0);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", access.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Eventually.isTrue(Duration.ofSeconds(30), () -> {
                for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(200))) {
                    texts.add(each.value());
                }
                return texts.size() >= count;
            });
        }
        return texts;
    }
}
