package io.rateguard.analytics.intake;

import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Event;
import io.rateguard.domain.event.EventJson;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.event.RequestEvent.Call;
import io.rateguard.domain.event.RequestEvent.Caller;
import io.rateguard.domain.event.RequestEvent.Charge;
import io.rateguard.domain.event.RequestEvent.Metering;
import io.rateguard.domain.event.RequestEvent.Refusal;
import io.rateguard.domain.event.RequestEvent.Times;
import io.rateguard.domain.event.RequestEvent.Verdict;
import io.rateguard.domain.id.ApiId;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What proxies send: a few journals, each with a sequence of its own, spread over the partitions. */
final class Traffic implements AutoCloseable {

    static final long AT_MILLIS = 1_793_500_000_000L;
    private static final int JOURNALS = 3;

    private final String topic;
    private final int partitions;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Random random = new Random(3);
    /** The last one is a job's, which corrects what the others tell of. */
    private final UUID[] journals = new UUID[JOURNALS + 1];

    private final long[] sequences = new long[JOURNALS + 1];
    private final List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();
    private final List<RequestEvent> events = new ArrayList<>();
    private final List<Adjustment> adjustments = new ArrayList<>();

    Traffic(String bootstrap, String topic, int partitions) {
        this.topic = topic;
        this.partitions = partitions;
        producer = new KafkaProducer<>(
                // One request at a time, as proxies send: what is under way together can pass each other.
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "acks",
                        "all",
                        "linger.ms",
                        "2",
                        "max.in.flight.requests.per.connection",
                        "1",
                        "max.request.size",
                        "33554432"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        for (int i = 0; i <= JOURNALS; i++) {
            journals[i] = UUID.randomUUID();
        }
    }

    static RequestEvent event(Random random) {
        long atMillis = AT_MILLIS + random.nextInt(600_000);
        return new RequestEvent(
                RequestId.create(atMillis, random),
                new Caller(new WorkspaceId(new UUID(0, random.nextInt(3))), null, null, null, null, Map.of("a", "b")),
                new Call(null, "demo", "POST", "/v1/x", "/v1/x", "m" + random.nextInt(3), null, false, 1, 2, 1),
                new Times(atMillis, atMillis, atMillis + 5, 5000, 4000, 1000, 2000),
                new Verdict(Decision.ALLOWED, 200, Outcome.COMPLETED, null, false),
                new Metering(
                        Usage.builder()
                                .set(UsageClass.INPUT, random.nextInt(1000))
                                .build(),
                        UsageSource.PROVIDER,
                        random.nextLong(1_000_000_000_000L),
                        "v1",
                        false,
                        null,
                        0,
                        0),
                List.of());
    }

    /** An event in which no field is absent. */
    static RequestEvent full(Random random, WorkspaceId workspace) {
        RequestEvent plain = event(random);
        Refusal refusal = new Refusal("rate_limited", "rule", "a rule", "key=1", 1, 2, AT_MILLIS);
        return new RequestEvent(
                plain.requestId(),
                new Caller(workspace, new ApiKeyId(new UUID(1, 1)), "key", "project", "customer", Map.of("a", "b")),
                new Call(new ApiId(new UUID(1, 2)), "demo", "POST", "/v1/x", "/v1/x", "m", "m-1", true, 1, 2, 1),
                plain.times(),
                new Verdict(Decision.LIMITED, 429, Outcome.REFUSED, refusal, true, List.of(refusal)),
                new Metering(
                        plain.metering().usage().with(UsageClass.OUTPUT, 1),
                        UsageSource.PROVIDER,
                        5,
                        "v1",
                        true,
                        "flex",
                        6,
                        7,
                        8L),
                List.of(new Charge(new BudgetId(new UUID(1, 3)), "2026-11", AT_MILLIS, AT_MILLIS + 1, 9, 10)));
    }

    static Adjustment adjustment(RequestEvent request, Random random) {
        return Adjustment.of(
                request,
                new UUID(random.nextLong(), random.nextLong()),
                AT_MILLIS + 1,
                new Adjustment.Reason(new UUID(1, 1), "ada@example.com", null),
                random.nextLong(-1_000_000_000L, 1_000_000_000L),
                "v2",
                List.of());
    }

    /** Sends new events, some of which correct an earlier one; returns when Kafka has them. */
    void send(int count) {
        List<ProducerRecord<byte[], byte[]>> fresh = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Event event = next();
            int journal = event instanceof Adjustment ? JOURNALS : random.nextInt(JOURNALS);
            fresh.add(record(event, journals[journal], sequences[journal]++));
        }
        deliver(fresh);
        sent.addAll(fresh);
    }

    /** Sends the last ones again, as a journal does that did not hear the answer. */
    void sendAgain(int last) {
        deliver(List.copyOf(sent.subList(Math.max(0, sent.size() - last), sent.size())));
    }

    /** Sends something that is no event. */
    void sendRaw(int partition, byte[] value, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition, new byte[] {1}, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        deliver(List.of(record));
    }

    List<RequestEvent> events() {
        return events;
    }

    List<Adjustment> adjustments() {
        return adjustments;
    }

    long costNanos() {
        return events.stream().mapToLong(event -> event.metering().costNanos()).sum();
    }

    long adjustedNanos() {
        return adjustments.stream().mapToLong(Adjustment::costNanos).sum();
    }

    @Override
    public void close() {
        producer.close();
    }

    private Event next() {
        if (!events.isEmpty() && random.nextInt(5) == 0) {
            adjustments.add(adjustment(events.get(random.nextInt(events.size())), random));
            return adjustments.getLast();
        }
        events.add(event(random));
        return events.getLast();
    }

    private ProducerRecord<byte[], byte[]> record(Event event, UUID journal, long sequence) {
        byte[] key = {1};
        int partition = random.nextInt(partitions);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition, key, EventJson.encode(event));
        record.headers().add("journal", journal.toString().getBytes(StandardCharsets.UTF_8));
        record.headers().add("sequence", Long.toString(sequence).getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private void deliver(List<ProducerRecord<byte[], byte[]>> records) {
        List<Future<?>> answers = new ArrayList<>();
        records.forEach(record -> answers.add(producer.send(record)));
        try {
            for (Future<?> answer : answers) {
                answer.get();
            }
        } catch (ExecutionException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
