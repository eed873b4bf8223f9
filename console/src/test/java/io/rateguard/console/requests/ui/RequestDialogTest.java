package io.rateguard.console.requests.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.requests.Requests.Explained;
import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    @Test
    void saysInDollarsWhatWasUsedOfALimitOnCost() {
        RequestEvent.Refusal spent =
                new RequestEvent.Refusal("rate_limited", "cost", "Dollars", "-", 998_000_000, 1_000_000_000, 0);

        assertThat(text(explained(refused(spent, List.of(spent, FULL)), Set.of("cost"))))
                .contains("Rule “Dollars”: $0.9980 of $1.00 used.")
                .contains("Limit “Dollars” is in shadow mode. It would have refused this: $0.9980 of $1.00 used.")
                .contains("Limit “Searches” is in shadow mode. It would have refused this: 1,000 of 1,000 used.");
        assertThat(text(explained(refused(FULL, List.of()), Set.of())))
                .contains("Rule “Searches”: 1,000 of 1,000 used.");
    }

    @Test
    void saysWhatTheCostWasCorrectedBy() {
        RequestEvent event = event(false, List.of());
        List<Adjustment> adjustments = List.of(
                adjustment(event, new Adjustment.Reason(new UUID(0, 9), "ada@example.com", null), 100),
                adjustment(event, new Adjustment.Reason(null, "bob@example.com", "as billed"), -30));

        assertThat(text(new Explained(event, adjustments, Optional.empty(), Map.of(), Set.of())))
                .contains("0.00000007 USD (70 nano-dollars)")
                .contains("Recorded as 0 USD (0 nano-dollars), and corrected since:")
                .contains("ada@example.com", "Rerated at price v2", "bob@example.com", "as billed");
        assertThat(text(false, List.of())).doesNotContain("corrected since");
    }

    private static Adjustment adjustment(RequestEvent event, Adjustment.Reason reason, long nanos) {
        return Adjustment.of(event, new UUID(0, nanos), 1, reason, nanos, "v2", List.of());
    }

    private static String text(boolean degraded, List<RequestEvent.Refusal> shadowed) {
        return text(explained(event(degraded, shadowed), Set.of()));
    }

    private static Explained explained(RequestEvent event, Set<String> costLimits) {
        return new Explained(event, List.of(), Optional.empty(), Map.of(), costLimits);
    }

    private static String text(Explained explained) {
        return new RequestDialog(explained, new Moments(ZoneOffset.UTC))
                .getElement()
                .getTextRecursively();
    }

    private static RequestEvent event(boolean degraded, List<RequestEvent.Refusal> shadowed) {
        return event(new RequestEvent.Verdict(Decision.ALLOWED, 200, Outcome.COMPLETED, null, degraded, shadowed));
    }

    private static RequestEvent refused(RequestEvent.Refusal refusal, List<RequestEvent.Refusal> shadowed) {
        return event(new RequestEvent.Verdict(Decision.LIMITED, 429, Outcome.REFUSED, refusal, false, shadowed));
    }

    private static RequestEvent event(RequestEvent.Verdict verdict) {
        return new RequestEvent(
                new RequestId("req_" + "0".repeat(26)),
                new RequestEvent.Caller(new WorkspaceId(new UUID(0, 1)), null, null, null, null, Map.of()),
                new RequestEvent.Call(null, "demo", "POST", "/", "/", "demo-small", null, false, 1, 1, 1),
                new RequestEvent.Times(1, 1, 1, 1, 1, 1, 1),
                verdict,
                RequestEvent.Metering.NOTHING,
                List.of());
    }
}
