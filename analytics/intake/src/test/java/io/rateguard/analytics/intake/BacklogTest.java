package io.rateguard.analytics.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class BacklogTest {

    @Test
    void aFreshBlockEndsWhereThePollEnded() {
        Backlog backlog = new Backlog(5, OptionalLong.empty());
        assertThat(backlog.isReady()).isFalse();

        backlog.add(messages(5, 8), 9);

        assertThat(backlog.isReady()).isTrue();
        assertThat(backlog.end()).isEqualTo(9);
        assertThat(backlog.take()).hasSize(3);
        assertThat(backlog.start()).isEqualTo(9);
        assertThat(backlog.isReady()).isFalse();
    }

    @Test
    void aPromisedBlockWaitsUntilItIsWholeAndTakesNothingBehindItsEnd() {
        Backlog backlog = new Backlog(5, OptionalLong.of(8));
        backlog.add(messages(5, 7), 7);
        assertThat(backlog.isReady()).isFalse();

        backlog.add(messages(7, 12), 12);

        assertThat(backlog.take()).extracting(ConsumerRecord::offset).containsExactly(5L, 6L, 7L);
        assertThat(backlog.isReady()).isTrue();
        assertThat(backlog.start()).isEqualTo(8);
        assertThat(backlog.end()).isEqualTo(12);
    }

    @Test
    void aPromiseIsReadBackFromTheCommittedOffset() {
        assertThat(OpenBlock.end(OpenBlock.promise(5, 8))).hasValue(8);
        assertThat(OpenBlock.end(new OffsetAndMetadata(8))).isEmpty();
        assertThat(OpenBlock.end(new OffsetAndMetadata(8, "a note of somebody else")))
                .isEmpty();
    }

    private static List<ConsumerRecord<byte[], byte[]>> messages(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(offset -> new ConsumerRecord<>("events", 0, offset, new byte[0], new byte[0]))
                .toList();
    }
}
