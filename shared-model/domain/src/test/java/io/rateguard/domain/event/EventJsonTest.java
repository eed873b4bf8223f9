package io.rateguard.domain.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventJsonTest {

    private static final BudgetCrossed CROSSED = new BudgetCrossed(
            RequestId.create(0, () -> 0),
            new WorkspaceId(new UUID(0, 1)),
            new BudgetId(new UUID(0, 2)),
            "2026-11",
            1,
            2,
            80,
            9_007_199_254_740_991L,
            9_007_199_254_740_993L,
            3);

    @Test
    void aCrossingIsReadBackAsItWasWritten() {
        assertThat(EventJson.decode(EventJson.encode(CROSSED))).isEqualTo(CROSSED);
    }

    @Test
    void aCrossingSaysWhatItIsBehindItsVersion() {
        assertThat(new String(EventJson.encode(CROSSED), StandardCharsets.UTF_8))
                .startsWith("{\"v\":1,\"budgetCrossed\":{")
                .contains("\"spentNanos\":9007199254740993");
    }

    @Test
    void whoReadsRequestsIsToldThatACrossingIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestEventJson.decode(EventJson.encode(CROSSED)))
                .withMessageContaining("(expected: a request)");
    }

    @Test
    void aCrossingWithoutItsBudgetIsNone() {
        String text = new String(EventJson.encode(CROSSED), StandardCharsets.UTF_8);
        byte[] without = text.replace("\"budget\":", "\"other\":").getBytes(StandardCharsets.UTF_8);

        assertThatIllegalArgumentException().isThrownBy(() -> EventJson.decode(without));
    }
}
