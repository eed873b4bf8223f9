package io.rateguard.alerts.testbed;

import io.rateguard.counters.Admission;
import io.rateguard.counters.BudgetClaim;
import io.rateguard.counters.BudgetSettlement;
import io.rateguard.counters.Claim;
import io.rateguard.counters.Counters;
import io.rateguard.counters.Settled;
import io.rateguard.counters.Settlement;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetScope;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.budget.Ladder;
import io.rateguard.domain.event.BudgetCrossed;
import io.rateguard.domain.event.EventJson;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.limit.RequestFacts;
import io.rateguard.domain.money.Money;
import io.rateguard.embedded.fixture.Services;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Spends as a proxy does: admits, settles, and tells what the settlement came to. */
public final class Spender implements AutoCloseable {

    private final Counters counters;
    private final WorkspaceId workspace;
    private final String topic;
    private final UUID journal = UUID.randomUUID();
    private final AtomicLong sequence = new AtomicLong();
    private final KafkaProducer<byte[], byte[]> producer;

    Spender(Counters counters, WorkspaceId workspace, String topic) {
        this.counters = counters;
        this.workspace = workspace;
        this.topic = topic;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", Services.kafka().bootstrapServers(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Spends of a budget of 100 nano-dollars; returns what was told. */
    public List<BudgetCrossed> spend(BudgetId budget, long nanos, int... percents) {
        List<BudgetCrossed> crossed = settle(budget, nanos, percents);
        crossed.forEach(this::tell);
        return crossed;
    }

    /** As {@link #spend}, of what a budget counts for one customer. */
    public List<BudgetCrossed> spendFor(String customer, BudgetId budget, long nanos, int... percents) {
        RequestFacts facts = new RequestFacts(
                "api", "POST", "/", null, new ApiKeyId(new UUID(0, 1)), null, customer, Map.of(), "192.0.2.7");
        Budget apart = budget(budget, percents).with(List.of(Partition.Field.CUSTOMER));
        List<BudgetCrossed> crossed = settle(apart, apart.windowAt(Instant.now(), facts), nanos);
        crossed.forEach(this::tell);
        return crossed;
    }

    /** Spends, and dies before a word of it is out. */
    public List<BudgetCrossed> settle(BudgetId id, long nanos, int... percents) {
        Budget budget = budget(id, percents);
        return settle(budget, budget.windowAt(Instant.now()), nanos);
    }

    private static Budget budget(BudgetId id, int... percents) {
        return new Budget(
                id,
                "any",
                BudgetScope.WORKSPACE,
                Money.ofNanos(100),
                BudgetPeriod.MONTH,
                ZoneOffset.UTC,
                false,
                Budget.Estimate.ELASTIC,
                new Ladder(Arrays.stream(percents).boxed().toList()));
    }

    private List<BudgetCrossed> settle(Budget budget, BudgetWindow window, long nanos) {
        BudgetId id = budget.id();
        RequestId request = RequestId.create(System.currentTimeMillis(), RandomGenerator.getDefault());
        Admission admission = counters.admit(new Claim(
                        workspace, request, List.of(), List.of(new BudgetClaim(budget, window, Money.ofNanos(nanos)))))
                .toCompletableFuture()
                .join();
        if (!(admission instanceof Admission.Admitted)) {
            throw new IllegalStateException(admission.toString());
        }
        Settled settled = counters.settle(new Settlement(
                        workspace,
                        request,
                        System.currentTimeMillis(),
                        List.of(),
                        List.of(new BudgetSettlement(id, window, Money.ofNanos(nanos), budget.thresholds()))))
                .toCompletableFuture()
                .join();
        List<BudgetCrossed> crossed = new ArrayList<>();
        for (Settled.Crossing crossing : settled.crossings()) {
            crossed.add(new BudgetCrossed(
                    request,
                    workspace,
                    id,
                    window.name(),
                    window.startMillis(),
                    window.endMillis(),
                    crossing.threshold().percent(),
                    100,
                    settled.budgets().getFirst().spent().nanos(),
                    settled.settledAtMillis()));
        }
        return crossed;
    }

    public void tell(BudgetCrossed crossed) {
        byte[] key = workspace.toString().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, EventJson.encode(crossed));
        record.headers().add("journal", journal.toString().getBytes(StandardCharsets.UTF_8));
        record.headers()
                .add("sequence", Long.toString(sequence.incrementAndGet()).getBytes(StandardCharsets.UTF_8));
        producer.send(record);
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
