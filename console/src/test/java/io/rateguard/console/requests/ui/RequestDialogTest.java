package io.rateguard.console.requests.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.requests.Requests.Explained;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestDialogTest {

    private static final RequestEvent.Refusal FULL =
            new RequestEvent.Refusal("rate_limited", "id", "Searches", "-", 1_000, 1_000, 0);

    @Test
    void saysNothingOfWhatDidNotHappen() {
        assertThat(text(false, List.of())).doesNotContain("shadow").doesNotContain("did not answer");
    }

    @Test
    void saysThatFailurePoliciesDecided() {
        assertThat(text(true, List.of()))
                .contains("RateGuard’s counters did not answer then: the failure policy of each rule decided.");
    }

    @Test
    void saysWhatALimitInShadowModeWouldHaveRefused() {
        assertThat(text(false, List.of(FULL)))
                .contains("Limit “Searches” is in shadow mode. It would have refused this: 1,000 of 1,000 used.");
    }

    private static String text(boolean degraded, List<RequestEvent.Refusal> shadowed) {
        RequestEvent event = new RequestEvent(
                new RequestId("req_" + "0".repeat(26)),
                new RequestEvent.Caller(new WorkspaceId(new UUID(0, 1)), null, null, null, null, Map.of()),
                new RequestEvent.Call(null, "demo", "POST", "/", "/", "demo-small", null, false, 1, 1, 1),
                new RequestEvent.Times(1, 1, 1, 1, 1, 1, 1),
                new RequestEvent.Verdict(Decision.ALLOWED, 200, Outcome.COMPLETED, null, degraded, shadowed),
                RequestEvent.Metering.NOTHING,
                List.of());
        return new RequestDialog(new Explained(event, Optional.empty(), Map.of()), new Moments(ZoneOffset.UTC))
                .getElement()
                .getTextRecursively();
    }
}
