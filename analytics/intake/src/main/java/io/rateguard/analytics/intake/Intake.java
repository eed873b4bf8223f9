package io.rateguard.analytics.intake;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.ClickHouseFailure;
import io.rateguard.analytics.table.ClickHouseSettings;
import io.rateguard.analytics.table.IntakeProgress;
import io.rateguard.analytics.table.Marks;
import io.rateguard.analytics.table.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that polls, decodes, has blocks inserted and commits, until it is closed; it outlives every outage. */
final class Intake implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final Duration BACKOFF = Duration.ofMillis(500);
    private static final Duration LONGEST_POLL = Duration.ofMillis(100);

    private final KafkaSettings kafka;
    private final EventsSettings events;
    private final ClickHouseSettings store;
    private final BlockSettings blocks;
    private final IntakeStatus status;
    private final Consumer<Step> done;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "intake");

    /** @param done is told of each step when it is behind us */
    Intake(
            KafkaSettings kafka,
            EventsSettings events,
            ClickHouseSettings store,
            BlockSettings blocks,
            IntakeStatus status,
            Consumer<Step> done) {
        this.kafka = kafka;
        this.events = events;
        this.store = store;
        this.blocks = blocks;
        this.status = status;
        this.done = done;
    }

    void start() {
        thread.start();
    }

    /** Ends after the round under way; what is not promised stays in Kafka. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isClosing()) {
            try {
                Topics.ensure(KafkaProperties.admin(kafka), events);
                Schema.apply(store);
                consume();
            } catch (KafkaException | ClickHouseFailure outage) {
                status.fails(outage);
            } catch (RuntimeException failure) {
                LOG.error("intake starts over", failure);
                status.fails(failure);
            } finally {
                status.consumes(false);
            }
            pause();
        }
    }

    private void consume() {
        Map<String, Object> properties = KafkaProperties.consumer(kafka, events);
        try (ClickHouse clickHouse = ClickHouse.open(store);
                Inserts inserts = new Inserts(blocks.insertsAtOnce());
                DeadLetters deadLetters = new DeadLetters(KafkaProperties.producer(kafka), events.deadTopic());
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Marks marks = new Marks(clickHouse, events.topic());
            Assignment assignment = new Assignment(consumer, marks);
            consumer.subscribe(List.of(events.topic()), assignment);
            status.consumes(true);
            Ownership ownership = new Ownership(consumer::commitSync, KafkaProperties.longestSilence(properties));
            KafkaLink link = new KafkaLink(consumer, kafka.bootstrap());
            Gathering gathering = new Gathering(blocks);
            Freshness freshness = new Freshness(
                    new IntakeProgress(clickHouse, events.topic()),
                    () -> consumer.partitionsFor(events.topic()).size(),
                    Clock.systemUTC());
            while (!isClosing()) {
                gather(consumer, assignment, gathering, link, freshness);
                if (gathering.isDue(System.nanoTime()) || assignment.hasPromised()) {
                    gathering.clear();
                    do {
                        Round round = new Round(
                                assignment.takeBlocks(), clickHouse, inserts, marks, deadLetters, ownership, done);
                        bringIn(round, consumer, assignment, freshness);
                        // What was polled behind a promised block makes a block of its own.
                    } while (assignment.hasReady() && !isClosing());
                }
            }
        }
    }

    private void gather(
            KafkaConsumer<byte[], byte[]> consumer,
            Assignment assignment,
            Gathering gathering,
            KafkaLink link,
            Freshness freshness) {
        Instant asked = freshness.now();
        Duration patience = gathering.patience(System.nanoTime());
        ConsumerRecords<byte[], byte[]> polled =
                consumer.poll(patience.compareTo(LONGEST_POLL) < 0 ? patience : LONGEST_POLL);
        assignment.add(polled);
        gathering.add(polled, System.nanoTime());
        try {
            assignment.learn();
            link.requireAlive(System.nanoTime());
            assignment.tellWaiting(freshness, asked);
            freshness.tell();
            status.works();
        } catch (RebalanceInProgressException rebalance) {
            LOG.debug("the next poll goes on with it: {}", rebalance.getMessage());
        } catch (KafkaException | ClickHouseFailure outage) {
            status.fails(outage);
        }
    }

    private void bringIn(
            Round round, KafkaConsumer<byte[], byte[]> consumer, Assignment assignment, Freshness freshness) {
        assignment.follow(round);
        while (!round.isDone() && !isClosing()) {
            try {
                round.advance();
            } catch (RebalanceInProgressException rebalance) {
                staySilentlyInTheGroup(consumer, assignment, LONGEST_POLL);
            } catch (KafkaException | ClickHouseFailure outage) {
                status.fails(outage);
                staySilentlyInTheGroup(consumer, assignment, BACKOFF);
            }
        }
        if (round.isDone()) {
            round.blocks().forEach(status::tookIn);
            round.blocks().forEach(freshness::tookIn);
            status.works();
        }
        assignment.resume();
    }

    /** While a step has to wait, membership goes on and nothing more is fetched. */
    private static void staySilentlyInTheGroup(
            KafkaConsumer<byte[], byte[]> consumer, Assignment assignment, Duration time) {
        consumer.pause(consumer.assignment());
        assignment.add(consumer.poll(time));
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void pause() {
        try {
            closing.await(BACKOFF.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }
}
