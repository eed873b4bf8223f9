package io.rateguard.proxy.journal;

import io.rateguard.domain.event.BudgetCrossed;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.event.RequestEvent.Call;
import io.rateguard.domain.event.RequestEvent.Caller;
import io.rateguard.domain.event.RequestEvent.Charge;
import io.rateguard.domain.event.RequestEvent.Metering;
import io.rateguard.domain.event.RequestEvent.Times;
import io.rateguard.domain.event.RequestEvent.Verdict;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Events of a few workspaces, told apart by a number. */
final class SampleEvents {

    static final BudgetId BUDGET = new BudgetId(new UUID(7, 7));

    private SampleEvents() {}

    static RequestId id(long number) {
        return RequestId.create(number, new Random(number));
    }

    static RequestEvent interrupted(long number) {
        return event(number, Outcome.INTERRUPTED, 5_000_000, "");
    }

    static RequestEvent completed(long number) {
        return event(number, Outcome.COMPLETED, 1_234, "");
    }

    static RequestEvent refused(long number) {
        return event(number, Outcome.REFUSED, 0, "");
    }

    static RequestEvent withPath(long number, String path) {
        return event(number, Outcome.COMPLETED, 1_234, path);
    }

    static BudgetCrossed crossed(long number) {
        return new BudgetCrossed(
                id(number), new WorkspaceId(new UUID(1, number % 5)), BUDGET, "2026-11", 1, 2, 80, 100, 85, 3);
    }

    private static RequestEvent event(long number, Outcome outcome, long chargedNanos, String path) {
        return new RequestEvent(
                id(number),
                new Caller(new WorkspaceId(new UUID(1, number % 5)), null, "key", null, null, Map.of()),
                new Call(null, "demo", "POST", path, "/v1/chat", "small", null, false, 10, 20, 1),
                new Times(1_000, 1_001, 1_002, 1, 1, 1, 1),
                new Verdict(Decision.ALLOWED, 200, outcome, null, false),
                Metering.NOTHING,
                List.of(new Charge(BUDGET, "2026-11", 0, 1, 5_000_000, chargedNanos)));
    }
}
