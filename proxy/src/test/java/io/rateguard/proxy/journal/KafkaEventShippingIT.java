package io.rateguard.proxy.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.embedded.EmbeddedKafka;
import io.rateguard.embedded.fixture.KafkaService;
import io.rateguard.embedded.fixture.Services;
import io.rateguard.proxy.journal.EventShipping.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaEventShippingIT {

    private static final int PARTITIONS = 3;

    private final KafkaService kafka = Services.kafka();

    @TempDir
    private Path temp;

    @Test
    void shipsWithKeyAndPlace() {
        String topic = kafka.freshTopic("journal-plain", PARTITIONS);
        try (Journals journals = open(topic)) {
            journals.writer(0).closed(SampleEvents.completed(3));
            Eventually.until("shipped", () -> journals.state().unshippedRecords() == 0);
        }

        assertThat(read(topic)).singleElement().satisfies(each -> {
            assertThat(each.sequence()).isEqualTo(1);
            assertThat(each.workspace()).isEqualTo(new WorkspaceId(new UUID(1, 3)));
        });
    }

    @Test
    void waitsForAKafkaThatIsDownAtStart() {
        EmbeddedKafka broker = kafka.embedded().orElseThrow();
        String topic = kafka.freshTopic("journal-down", PARTITIONS);
        broker.stop();
        try (Journals journals = open(topic)) {
            for (int i = 0; i < 500; i++) {
                journals.writer(0).closed(SampleEvents.completed(i));
            }
            Eventually.until("said", () -> !journals.state().shipping());
            broker.start();
            Eventually.until("shipped", () -> journals.state().unshippedRecords() == 0);
        } finally {
            broker.start();
        }

        assertThat(Kept.of(read(topic)).hasNoGaps().outcomes()).hasSize(500);
    }

    @Test
    void losesNothingAndKeepsOrderWhenTheBrokerIsKilled() {
        EmbeddedKafka broker = kafka.embedded().orElseThrow();
        String topic = kafka.freshTopic("journal-killed", PARTITIONS);
        int written = 0;
        try (Journals journals = open(topic)) {
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < 20_000; i++) {
                    int loop = written % 2;
                    journals.writer(loop).opened(SampleEvents.interrupted(written));
                    journals.writer(loop).closed(SampleEvents.completed(written++));
                }
                long target = journals.state().unshippedRecords() / 2;
                Eventually.until("under way", () -> journals.state().unshippedRecords() <= target);
                broker.kill();
                for (int i = 0; i < 1_000; i++) {
                    journals.writer(0).closed(SampleEvents.completed(written++));
                }
                broker.start();
            }
            Eventually.until("shipped", () -> journals.state().unshippedRecords() == 0);
        } finally {
            broker.start();
        }

        // Kept drops what comes behind a higher sequence: were order lost, events would be missing.
        assertThat(Kept.of(read(topic)).hasNoGaps().outcomes()).hasSize(written);
    }

    /** The moment in which a partition gets its leader is short: several topics. */
    @Test
    void shipsToTopicsFromTheirFirstMoment() throws Exception {
        for (int round = 0; round < 6; round++) {
            String topic = "journal-first-moment-" + UUID.randomUUID();
            try (Journals journals = open(topic)) {
                for (int i = 0; i < 10_000; i++) {
                    journals.writer(i % 2).closed(SampleEvents.completed(i));
                }
                create(topic);
                Eventually.until("shipped", () -> journals.state().unshippedRecords() == 0);
            }

            assertThat(Kept.of(read(topic)).hasNoGaps().outcomes()).hasSize(10_000);
        }
    }

    @Test
    void shipsToATopicThatIsMadeAfterTheBrokerWasKilled() throws Exception {
        EmbeddedKafka broker = kafka.embedded().orElseThrow();
        String topic = "journal-late-" + UUID.randomUUID();
        try (Journals journals = open(topic)) {
            for (int i = 0; i < 5_000; i++) {
                journals.writer(i % 2).closed(SampleEvents.completed(i));
            }
            Eventually.until("said", () -> !journals.state().shipping());
            broker.kill();
            for (int i = 5_000; i < 6_000; i++) {
                journals.writer(0).closed(SampleEvents.completed(i));
            }
            broker.start();
            create(topic);
            for (int i = 6_000; i < 7_000; i++) {
                journals.writer(1).closed(SampleEvents.completed(i));
            }
            Eventually.until("shipped", () -> journals.state().unshippedRecords() == 0);
        } finally {
            broker.start();
        }

        assertThat(Kept.of(read(topic)).hasNoGaps().outcomes()).hasSize(7_000);
    }

    private void create(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }

    private Journals open(String topic) {
        EventShipping shipping = new KafkaEventShipping(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.block.ms", 2_000), topic, PARTITIONS);
        return Journals.open(JournalSettings.defaults(temp.resolve(topic), 2), shipping, event -> {});
    }

    private List<RecordedEvent> read(String topic) {
        List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(each -> new TopicPartition(topic, each))
                .toList();
        List<RecordedEvent> events = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(100)).forEach(each -> events.add(event(each)));
            }
        }
        return events;
    }

    private static RecordedEvent event(ConsumerRecord<byte[], byte[]> record) {
        return new RecordedEvent(
                UUID.fromString(header(record, "journal")),
                Long.parseLong(header(record, "sequence")),
                record.partition(),
                WorkspaceId.of(new String(record.key(), StandardCharsets.UTF_8)),
                record.value());
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
