package io.rateguard.analytics.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.ClickHouseFailure;
import io.rateguard.analytics.table.ClickHouseSettings;
import io.rateguard.embedded.ClickHouseAccess;
import io.rateguard.embedded.fixture.Services;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;

/** A topic, a group and a database of its own, intakes that run on them, and what came out. */
final class Setup implements AutoCloseable {

    static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    final String bootstrap = Services.kafka().bootstrapServers();
    final EventsSettings events;
    final ClickHouseSettings store;
    final Traffic traffic;
    private final ClickHouse clickHouse;
    private final Admin admin;
    private final List<Intake> running = new ArrayList<>();

    Setup() {
        String topic = Services.kafka().freshTopic("events", PARTITIONS);
        ClickHouseAccess access = Services.clickhouse().freshDatabase();
        events = new EventsSettings(topic, PARTITIONS, topic + "-group", Duration.ofDays(14));
        store = new ClickHouseSettings(
                access.httpUrl() + "?compress=false", access.user(), access.password(), access.database());
        clickHouse = ClickHouse.open(store);
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        traffic = new Traffic(bootstrap, topic, PARTITIONS);
    }

    Intake start() {
        return start(new IntakeStatus(), step -> {});
    }

    /** @param done is told of each step, and may throw an {@link Error} to have the thread die there */
    Intake start(IntakeStatus status, Consumer<Step> done) {
        return start(status, done, Map.of());
    }

    Intake start(IntakeStatus status, Consumer<Step> done, Map<String, String> kafka) {
        Intake intake = new Intake(
                new KafkaSettings(bootstrap, kafka),
                events,
                store,
                new BlockSettings(500, DataSize.ofMegabytes(8), Duration.ofMillis(50), 2),
                status,
                done);
        running.add(intake);
        intake.start();
        return intake;
    }

    /** Waits until everything sent is committed, then compares raw events and rollup with what was sent. */
    void assertEverythingCameInOnce() {
        awaitCommitted();
        int expected = traffic.events().size();
        JsonNode raw =
                one("SELECT count() AS requests, uniqExact(request_id) AS ids, sum(cost_nanos) AS cost FROM requests");

        JsonNode adjusted = one(
                "SELECT count() AS entries, uniqExact(adjustment_id) AS ids, sum(cost_nanos) AS cost FROM adjustments");

        assertThat(raw.path("requests").asLong()).as("raw events").isEqualTo(expected);
        assertThat(raw.path("ids").asLong()).as("different events").isEqualTo(expected);
        assertThat(raw.path("cost").asLong()).as("raw cost").isEqualTo(traffic.costNanos());
        int entries = traffic.adjustments().size();
        assertThat(adjusted.path("entries").asLong()).as("adjustments").isEqualTo(entries);
        assertThat(adjusted.path("ids").asLong()).as("different adjustments").isEqualTo(entries);
        assertThat(adjusted.path("cost").asLong()).as("adjusted cost").isEqualTo(traffic.adjustedNanos());
        for (String rollup : List.of(
                "usage_by_minute",
                "usage_by_quarter",
                "usage_by_model",
                "usage_by_tag",
                "usage_by_customer",
                "usage_by_split WHERE split = 'all' AND span = 'hour'",
                "usage_by_split WHERE split = 'model' AND span = 'week'",
                "usage_by_split WHERE split = 'key' AND span = 'hour'",
                "usage_by_split WHERE split = 'key.model' AND span = 'day'",
                "usage_by_split WHERE split = 'key' AND span = 'week'",
                "usage_by_split WHERE split = 'endpoint' AND span = 'day'",
                "usage_by_split WHERE split = 'customer' AND span = 'week'",
                "usage_by_split WHERE startsWith(split, 'tag.') AND span = 'hour'")) {
            JsonNode sums = one("SELECT sum(requests) AS requests, sum(cost_nanos) AS cost FROM " + rollup);
            assertThat(sums.path("requests").asLong())
                    .as("requests in " + rollup)
                    .isEqualTo(expected);
            assertThat(sums.path("cost").asLong())
                    .as("cost in " + rollup)
                    .isEqualTo(traffic.costNanos() + traffic.adjustedNanos());
        }
    }

    /** As when the group was away for longer than Kafka keeps its offsets. */
    void loseOffsets() {
        await("no offsets", () -> {
            try {
                admin.deleteConsumerGroups(List.of(events.group())).all().get();
                return true;
            } catch (Exception stillInUse) {
                return stillInUse.getCause() instanceof GroupIdNotFoundException;
            }
        });
    }

    /** As when somebody sets the group back. */
    void setOffsetsBackTo(long offset) {
        Map<TopicPartition, OffsetAndMetadata> offsets = IntStream.range(0, PARTITIONS)
                .boxed()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(events.topic(), partition),
                        partition -> new OffsetAndMetadata(offset)));
        await("offsets set", () -> {
            try {
                admin.alterConsumerGroupOffsets(events.group(), offsets).all().get();
                return true;
            } catch (Exception stillInUse) {
                return false;
            }
        });
    }

    void awaitCommitted() {
        await("all offsets committed", this::isCommitted);
    }

    /** Waits for so many, with those that are there twice. */
    List<Letter> deadLetters(int count) {
        List<Letter> letters = new ArrayList<>();
        TopicPartition dead = new TopicPartition(events.deadTopic(), 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(Set.of(dead));
            consumer.seekToBeginning(Set.of(dead));
            await("dead letters", () -> {
                consumer.poll(Duration.ofMillis(count == 0 ? 0 : 100)).forEach(each -> letters.add(Letter.of(each)));
                return letters.size() >= count;
            });
        }
        return letters;
    }

    /** What the topic of dead letters is told. */
    String deadTopicSays(String config) {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, events.deadTopic());
        try {
            return admin.describeConfigs(List.of(topic))
                    .all()
                    .get()
                    .get(topic)
                    .get(config)
                    .value();
        } catch (ExecutionException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Refuses blocks of a table as a full disk does. */
    void refuse(String table, boolean isFull) {
        long mostFree = isFull ? Long.MAX_VALUE : 0;
        clickHouse.execute(
                "ALTER TABLE %s MODIFY SETTING min_free_disk_bytes_to_perform_insert = %d".formatted(table, mostFree));
    }

    /** How many blocks a table of requests tells repeats of; fewer than there are forget at once. */
    void rememberBlocks(int count) {
        clickHouse.execute(
                "ALTER TABLE requests MODIFY SETTING non_replicated_deduplication_window = %d".formatted(count));
    }

    /** Lets the topic of events take larger messages than topics do. */
    void raiseMessageSize(int bytes) {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, events.topic());
        AlterConfigOp raise = new AlterConfigOp(
                new ConfigEntry("max.message.bytes", Integer.toString(bytes)), AlterConfigOp.OpType.SET);
        try {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(raise))).all().get();
        } catch (ExecutionException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    long rawCount() {
        try {
            return one("SELECT count() AS requests FROM requests")
                    .path("requests")
                    .asLong();
        } catch (ClickHouseFailure notYet) {
            return -1;
        }
    }

    JsonNode one(String sql) {
        return clickHouse
                .ask(sql + " SETTINGS output_format_json_quote_64bit_integers = 0 FORMAT JSONEachRow", Map.of())
                .getFirst();
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Override
    public void close() {
        running.forEach(Intake::close);
        traffic.close();
        admin.close();
        clickHouse.close();
    }

    private boolean isCommitted() {
        try {
            Set<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(events.topic(), partition))
                    .collect(Collectors.toSet());
            Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> ends = admin.listOffsets(
                            partitions.stream().collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest())))
                    .all()
                    .get();
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(events.group())
                    .partitionsToOffsetAndMetadata()
                    .get();
            return partitions.stream().allMatch(partition -> {
                OffsetAndMetadata done = committed.get(partition);
                long end = ends.get(partition).offset();
                return end == 0
                        || (done != null
                                && done.offset() == end
                                && done.metadata().isEmpty());
            });
        } catch (Exception unanswered) {
            return false;
        }
    }
}
