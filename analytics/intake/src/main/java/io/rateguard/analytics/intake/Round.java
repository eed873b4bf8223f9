package io.rateguard.analytics.intake;

import io.rateguard.analytics.table.Block;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.Mark;
import io.rateguard.analytics.table.Marks;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Brings some blocks in, at most one of each partition, step by step. A step that failed is done again; each may be
 * repeated without harm. A partition that is taken away leaves the round: its next owner finds the promise.
 */
final class Round {

    private final Map<TopicPartition, EventBlock> blocks = new LinkedHashMap<>();
    private final ClickHouse clickHouse;
    private final Inserts inserts;
    private final Marks marks;
    private final DeadLetters deadLetters;
    private final Ownership ownership;
    private final Consumer<Step> done;
    private final Set<String> inserted = ConcurrentHashMap.newKeySet();
    private Step last = Step.DECODED;

    Round(
            Collection<EventBlock> blocks,
            ClickHouse clickHouse,
            Inserts inserts,
            Marks marks,
            DeadLetters deadLetters,
            Ownership ownership,
            Consumer<Step> done) {
        blocks.forEach(block -> this.blocks.put(block.partition(), block));
        this.clickHouse = clickHouse;
        this.inserts = inserts;
        this.marks = marks;
        this.deadLetters = deadLetters;
        this.ownership = ownership;
        this.done = done;
    }

    Collection<EventBlock> blocks() {
        return blocks.values();
    }

    boolean isDone() {
        return last == Step.COMMITTED || blocks.isEmpty();
    }

    void drop(Collection<TopicPartition> partitions) {
        blocks.keySet().removeAll(partitions);
    }

    /** Does the next step. */
    void advance() {
        Step next = Step.values()[last.ordinal() + 1];
        switch (next) {
            case DECODED -> throw new IllegalStateException("a round starts with blocks that are decoded");
            case PROMISED -> ownership.commit(offsets(EventBlock::promise));
            case BURIED -> blocks.values().forEach(block -> deadLetters.bury(block.unreadable()));
            case INSERTED -> insert(EventBlock::requests, EventBlock::token);
            case ADJUSTED -> insert(EventBlock::adjustments, EventBlock::adjustmentsToken);
            case MARKED -> mark();
            case COMMITTED -> ownership.commit(offsets(EventBlock::done));
        }
        last = next;
        done.accept(next);
    }

    /** ClickHouse forgets tokens in time: nothing may be inserted by a process whose partitions others have taken over. */
    private void insert(Function<EventBlock, Block> rows, Function<EventBlock, String> token) {
        if (!ownership.isSure()) {
            ownership.commit(offsets(EventBlock::promise));
        }
        inserts.run(blocks.values().stream()
                .filter(block -> !rows.apply(block).isEmpty() && !inserted.contains(token.apply(block)))
                .<Runnable>map(block -> () -> {
                    ownership.requireSure();
                    clickHouse.insert(rows.apply(block), token.apply(block));
                    inserted.add(token.apply(block));
                })
                .toList());
    }

    private void mark() {
        Map<Integer, List<Mark>> byPartition = new TreeMap<>();
        StringBuilder token = new StringBuilder("marks");
        for (EventBlock block : blocks.values()) {
            byPartition.put(block.partition().partition(), block.marks());
            token.append(' ').append(block.token());
        }
        marks.save(byPartition, token.toString());
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets(Function<EventBlock, OffsetAndMetadata> offset) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>();
        blocks.forEach((partition, block) -> offsets.put(partition, offset.apply(block)));
        return offsets;
    }
}
