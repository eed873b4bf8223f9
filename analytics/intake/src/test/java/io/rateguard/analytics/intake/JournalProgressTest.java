package io.rateguard.analytics.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.table.Mark;
import io.rateguard.domain.event.BudgetCrossed;
import io.rateguard.domain.event.EventJson;
import io.rateguard.domain.event.RequestEventJson;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class JournalProgressTest {

    private static final TopicPartition PARTITION = new TopicPartition("events", 2);
    private static final UUID JOURNAL = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    @Test
    void dropsWhatCameBeforeInTheSameBlock() {
        EventBlock block = new JournalProgress(PARTITION, Map.of())
                .read(
                        10,
                        14,
                        List.of(sent(10, JOURNAL, 5), sent(11, JOURNAL, 5), sent(12, JOURNAL, 4), sent(13, OTHER, 5)));

        assertThat(block.requests().rowCount()).isEqualTo(2);
        assertThat(block.duplicates()).isEqualTo(2);
        assertThat(block.marks()).containsExactly(new Mark(JOURNAL, 0, 14, 5), new Mark(OTHER, 0, 14, 5));
        assertThat(block.token()).isEqualTo("events:2:10:14");
    }

    @Test
    void dropsWhatAnEarlierBlockBroughtAndWritesTheNextMarkBesideTheOneItWasFilteredBy() {
        JournalProgress progress = new JournalProgress(PARTITION, Map.of(JOURNAL, new Mark(JOURNAL, 1, 10, 7)));

        EventBlock first = progress.read(10, 12, List.of(sent(10, JOURNAL, 7), sent(11, JOURNAL, 9)));
        EventBlock second = progress.read(12, 14, List.of(sent(12, JOURNAL, 9), sent(13, JOURNAL, 10)));

        assertThat(first.requests().rowCount()).isEqualTo(1);
        assertThat(first.marks()).containsExactly(new Mark(JOURNAL, 0, 12, 9));
        assertThat(second.requests().rowCount()).isEqualTo(1);
        assertThat(second.marks()).containsExactly(new Mark(JOURNAL, 1, 14, 10));
    }

    @Test
    void keepsNoMarkOfAJournalThatGotNoFurther() {
        JournalProgress progress = new JournalProgress(PARTITION, Map.of(JOURNAL, new Mark(JOURNAL, 0, 10, 7)));

        EventBlock block = progress.read(10, 11, List.of(sent(10, JOURNAL, 7)));

        assertThat(block.requests().isEmpty()).isTrue();
        assertThat(block.marks()).isEmpty();
    }

    @Test
    void passesOverACrossingAndKeepsItsMark() {
        BudgetCrossed crossed = new BudgetCrossed(
                RequestId.create(0, () -> 0),
                new WorkspaceId(new UUID(0, 1)),
                new BudgetId(new UUID(0, 1)),
                "2026-11",
                1,
                2,
                80,
                100,
                85,
                3);

        EventBlock block = new JournalProgress(PARTITION, Map.of())
                .read(10, 12, List.of(sent(10, JOURNAL, 5), sent(11, JOURNAL, 6, EventJson.encode(crossed))));

        assertThat(block.requests().rowCount()).isEqualTo(1);
        assertThat(block.unreadable()).isEmpty();
        assertThat(block.marks()).containsExactly(new Mark(JOURNAL, 0, 12, 6));
    }

    @Test
    void bringsAdjustmentsBesideRequestsAndDropsTheirRepeatsToo() {
        byte[] adjustment = EventJson.encode(Traffic.adjustment(Traffic.event(new Random(1)), new Random(2)));

        EventBlock block = new JournalProgress(PARTITION, Map.of())
                .read(
                        10,
                        14,
                        List.of(
                                sent(10, JOURNAL, 5),
                                sent(11, JOURNAL, 6, adjustment),
                                sent(12, OTHER, 1, adjustment),
                                sent(13, OTHER, 1, adjustment)));

        assertThat(block.requests().rowCount()).isEqualTo(1);
        assertThat(block.adjustments().rowCount()).isEqualTo(2);
        assertThat(block.duplicates()).isEqualTo(1);
        assertThat(block.marks()).containsExactly(new Mark(JOURNAL, 0, 14, 6), new Mark(OTHER, 0, 14, 1));
        assertThat(block.adjustmentsToken()).isEqualTo("adjustments events:2:10:14");
    }

    @Test
    void setsAsideWhatCannotBeReadWithTheReason() {
        byte[] good = RequestEventJson.encode(Traffic.event(new Random(1)));
        ConsumerRecord<byte[], byte[]> noHeaders = new ConsumerRecord<>("events", 2, 1, null, good);
        ConsumerRecord<byte[], byte[]> noNumber = sent(2, JOURNAL, 1);
        noNumber.headers().add("sequence", "one".getBytes(StandardCharsets.UTF_8));
        ConsumerRecord<byte[], byte[]> noValue = new ConsumerRecord<>("events", 2, 3, null, null);
        sent(0, JOURNAL, 1).headers().forEach(noValue.headers()::add);

        EventBlock block = new JournalProgress(PARTITION, Map.of()).read(1, 4, List.of(noHeaders, noNumber, noValue));

        assertThat(block.unreadable())
                .extracting(Decoded.Unreadable::reason)
                .containsExactly(
                        "header journal: none (expected: one)",
                        "For input string: \"one\"",
                        "value: none (expected: an event)");
    }

    private static ConsumerRecord<byte[], byte[]> sent(long offset, UUID journal, long sequence) {
        return sent(offset, journal, sequence, RequestEventJson.encode(Traffic.event(new Random(offset))));
    }

    private static ConsumerRecord<byte[], byte[]> sent(long offset, UUID journal, long sequence, byte[] value) {
        ConsumerRecord<byte[], byte[]> message = new ConsumerRecord<>("events", 2, offset, null, value);
        message.headers().add("journal", journal.toString().getBytes(StandardCharsets.UTF_8));
        message.headers().add("sequence", Long.toString(sequence).getBytes(StandardCharsets.UTF_8));
        return message;
    }
}
