package io.rateguard.proxy.record;

import io.rateguard.counters.BudgetClaim;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.money.Money;
import io.rateguard.proxy.dialect.Ask;
import io.rateguard.proxy.policy.KnownKey;
import io.rateguard.proxy.stage.Admitted;
import io.rateguard.proxy.stage.Arrival;
import io.rateguard.proxy.stage.Estimate;
import io.rateguard.proxy.stage.Identified;
import io.rateguard.proxy.stage.Refusal;
import io.rateguard.proxy.stage.Routed;
import io.rateguard.proxy.stage.Stage;
import io.rateguard.proxy.stage.Understood;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes events of requests. */
public final class CallRecord {

    private CallRecord() {}

    /** How a call went, as far as the proxy measured it; times in microseconds. */
    public record Course(
            Outcome outcome,
            int status,
            long finishedAtMillis,
            long totalMicros,
            long upstreamMicros,
            long firstByteMicros,
            long requestBytes,
            long replyBytes,
            @Nullable String servedModel,
            @Nullable String serviceTier,
            @Nullable Long reportedCostNanos) {}

    /** What is recorded should nothing more be heard of this request: it is charged by its hold. */
    public static RequestEvent ifInterrupted(Admitted admitted) {
        Bill bill = Bill.byHold(admitted.understood().estimate(), admitted.hold());
        Course course = new Course(
                Outcome.INTERRUPTED, 0, admitted.arrival().arrivedAtMillis(), 0, 0, 0, 0, 0, null, null, null);
        return admitted(admitted, course, bill);
    }

    public static RequestEvent admitted(Admitted admitted, Course course, Bill bill) {
        Understood understood = admitted.understood();
        Arrival arrival = admitted.arrival();
        Estimate estimate = understood.estimate();
        return new RequestEvent(
                arrival.id(),
                caller(admitted.identified()),
                call(arrival, understood.routed(), understood, course, 1),
                new RequestEvent.Times(
                        admitted.chargedAtMillis(),
                        arrival.arrivedAtMillis(),
                        course.finishedAtMillis(),
                        course.totalMicros(),
                        course.upstreamMicros(),
                        Math.max(0, course.totalMicros() - course.upstreamMicros()),
                        course.firstByteMicros()),
                new RequestEvent.Verdict(
                        Decision.ALLOWED,
                        course.status(),
                        course.outcome(),
                        null,
                        admitted.degraded(),
                        admitted.shadowed()),
                new RequestEvent.Metering(
                        bill.usage(),
                        bill.source(),
                        bill.cost().nanos(),
                        bill.priceVersion(),
                        bill.unpriced(),
                        course.serviceTier(),
                        estimate.likely().totalTokens(),
                        estimate.bounded()
                                ? Math.max(0, bill.cost().minus(estimate.hold()).nanos())
                                : 0,
                        course.reportedCostNanos()),
                charges(admitted, bill));
    }

    /** What is recorded of a refusal; only where the workspace is known. */
    public static RequestEvent refused(
            Stage reached, Identified identified, Refusal refusal, long nowMillis, long nowNanos) {
        Arrival arrival = reached.arrival();
        long totalMicros = arrival.elapsedMicros(nowNanos);
        Understood understood = reached.understood();
        Course course =
                new Course(Outcome.REFUSED, refusal.status(), nowMillis, totalMicros, 0, 0, 0, 0, null, null, null);
        RequestEvent.Refusal why = refusal.rule() != null
                ? refusal.rule()
                : new RequestEvent.Refusal(refusal.code(), null, null, null, 0, 0, 0);
        return new RequestEvent(
                arrival.id(),
                caller(identified),
                call(arrival, reached.routed(), understood, course, 0),
                new RequestEvent.Times(
                        arrival.arrivedAtMillis(),
                        arrival.arrivedAtMillis(),
                        nowMillis,
                        totalMicros,
                        0,
                        totalMicros,
                        0),
                new RequestEvent.Verdict(
                        refusal.decision(), refusal.status(), Outcome.REFUSED, why, refusal.degraded()),
                RequestEvent.Metering.NOTHING,
                List.of());
    }

    private static List<RequestEvent.Charge> charges(Admitted admitted, Bill bill) {
        return admitted.claim().budgets().stream()
                .map(claim -> charge(claim, bill.cost()))
                .toList();
    }

    private static RequestEvent.Charge charge(BudgetClaim claim, Money cost) {
        return new RequestEvent.Charge(
                claim.budget().id(),
                claim.window().name(),
                claim.window().startMillis(),
                claim.window().endMillis(),
                claim.hold().nanos(),
                cost.nanos());
    }

    private static RequestEvent.Caller caller(Identified identified) {
        KnownKey key = identified.key();
        return new RequestEvent.Caller(
                key.workspace(), key.id(), key.name(), key.project(), identified.customer(), key.tags());
    }

    private static RequestEvent.Call call(
            Arrival arrival, @Nullable Routed routed, @Nullable Understood understood, Course course, int attempts) {
        Ask ask = understood == null ? null : understood.ask();
        String path = routed == null ? arrival.path() : routed.upstreamPath();
        return new RequestEvent.Call(
                routed == null ? null : routed.api().id(),
                arrival.apiSlug(),
                arrival.method(),
                path.substring(0, Math.min(path.length(), RequestEvent.Call.MOST_PATH_CHARS)),
                routed == null ? "" : routed.route().endpoint(),
                ask == null ? null : ask.model(),
                course.servedModel(),
                ask != null && ask.stream(),
                course.requestBytes(),
                course.replyBytes(),
                attempts,
                understood == null ? null : understood.fingerprint());
    }
}
