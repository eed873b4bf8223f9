package io.rateguard.domain.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rateguard.domain.id.ApiId;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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

    private static final Adjustment ADJUSTMENT = new Adjustment(
            new UUID(0, 3),
            RequestId.create(0, () -> 0),
            new RequestEvent.Caller(
                    new WorkspaceId(new UUID(0, 1)),
                    new ApiKeyId(new UUID(0, 4)),
                    "ci",
                    "search",
                    "acme",
                    Map.of("a", "b")),
            new ApiId(new UUID(0, 5)),
            "openai",
            "/v1/chat/completions",
            "gpt-4o",
            Decision.ALLOWED,
            1,
            2,
            new Adjustment.Reason(new UUID(0, 6), "ada@example.com", "a \"note\""),
            -9_007_199_254_740_993L,
            "2026-08-21/openai/gpt-4o",
            List.of(new RequestEvent.Charge(
                    new BudgetId(new UUID(0, 2)), "2026-11", 1, 2, 0, -9_007_199_254_740_993L)));

    @Test
    void anAdjustmentIsReadBackAsItWasWritten() {
        Adjustment bare = new Adjustment(
                ADJUSTMENT.id(),
                ADJUSTMENT.request(),
                new RequestEvent.Caller(ADJUSTMENT.caller().workspace(), null, null, null, null, Map.of()),
                null,
                "demo",
                "/",
                null,
                Decision.ALLOWED,
                0,
                0,
                new Adjustment.Reason(null, "", null),
                0,
                null,
                List.of());

        assertThat(EventJson.decode(EventJson.encode(ADJUSTMENT))).isEqualTo(ADJUSTMENT);
        assertThat(EventJson.decode(EventJson.encode(bare))).isEqualTo(bare);
    }

    @Test
    void whoReadsRequestsIsToldThatAnAdjustmentIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestEventJson.decode(EventJson.encode(ADJUSTMENT)))
                .withMessage("event: an adjustment of request " + ADJUSTMENT.request() + " (expected: a request)");
    }

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
