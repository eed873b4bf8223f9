package io.rateguard.analytics.table;

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

/** Plain events, the same for the same number. */
final class Samples {

    private static final long AT_MILLIS = 1_790_000_000_000L;

    private Samples() {}

    static RequestEvent event(int number) {
        return new RequestEvent(
                RequestId.create(AT_MILLIS, new Random(number)),
                new Caller(new WorkspaceId(new UUID(0, 1)), null, null, null, null, tags()),
                new Call(null, "demo", "GET", "/x", "/x", null, null, false, 0, 0, 1),
                new Times(AT_MILLIS, AT_MILLIS, AT_MILLIS, 10, 9, 1, 5),
                new Verdict(Decision.ALLOWED, 200, Outcome.COMPLETED, null, false),
                Metering.NOTHING,
                List.of(new Charge(new BudgetId(new UUID(0, 2)), "total", 0, AT_MILLIS + 1, 100, 70)));
    }

    static Provenance at(long offset) {
        return new Provenance(0, offset, new UUID(0, 7), offset);
    }

    private static Map<String, String> tags() {
        return Map.of("a", "1", "b", "2", "c", "3", "d", "4", "e", "5");
    }
}
