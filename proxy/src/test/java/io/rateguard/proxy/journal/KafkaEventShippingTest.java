package io.rateguard.proxy.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaEventShippingTest {

    @Test
    void maySendDifferentlyButNeverTwoRequestsAtOnceNorGiveUp() {
        Map<String, Object> properties = KafkaEventShipping.properties(Map.of(
                "max.in.flight.requests.per.connection",
                5,
                "acks",
                "1",
                "delivery.timeout.ms",
                1_000,
                "linger.ms",
                50));

        assertThat(properties)
                .containsEntry("max.in.flight.requests.per.connection", 1)
                .containsEntry("enable.idempotence", true)
                .containsEntry("acks", "all")
                .containsEntry("delivery.timeout.ms", Integer.MAX_VALUE)
                .containsEntry("linger.ms", 50);
    }
}
