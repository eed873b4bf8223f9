package io.rateguard.analytics.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.ClickHouseFailure;
import io.rateguard.analytics.table.ClickHouseSettings;
import io.rateguard.analytics.table.Marks;
import io.rateguard.analytics.table.Schema;
import io.rateguard.embedded.ClickHouseAccess;
import io.rateguard.embedded.fixture.Services;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AssignmentIT {

    private static final TopicPartition EMPTY = new TopicPartition("events", 0);
    private static final TopicPartition EMPTIED = new TopicPartition("events", 1);
    private static final TopicPartition FULL = new TopicPartition("events", 2);

    @Test
    void aPartitionWithoutMessagesIsKnownWithoutAskingAllRequestsThoughAnotherFails() {
        ClickHouseAccess access = Services.clickhouse().freshDatabase();
        ClickHouseSettings settings = new ClickHouseSettings(
                access.httpUrl() + "?compress=false", access.user(), access.password(), access.database());
        Schema.apply(settings);
        try (ClickHouse clickHouse = ClickHouse.open(settings);
                MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest")) {
            consumer.assign(Set.of(EMPTY, EMPTIED, FULL));
            consumer.updateBeginningOffsets(Map.of(EMPTY, 0L, EMPTIED, 7L, FULL, 7L));
            consumer.updateEndOffsets(Map.of(EMPTY, 0L, EMPTIED, 7L, FULL, 8L));
            clickHouse.execute("DROP TABLE requests");
            Assignment assignment = new Assignment(consumer, new Marks(clickHouse, "events"));
            assignment.onPartitionsAssigned(List.of(FULL, EMPTY, EMPTIED));

            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(assignment::learn).isInstanceOf(ClickHouseFailure.class);
            }

            assertThat(consumer.paused()).containsExactly(FULL);
            assertThat(consumer.committed(consumer.assignment()))
                    .isEqualTo(Map.of(EMPTY, new OffsetAndMetadata(0), EMPTIED, new OffsetAndMetadata(7)));
        }
    }
}
