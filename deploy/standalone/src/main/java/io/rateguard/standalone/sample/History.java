package io.rateguard.standalone.sample;

import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.limit.RequestFacts;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.price.ModelPrice;
import io.rateguard.domain.price.PriceCatalogue;
import io.rateguard.domain.usage.Usage;
import io.rateguard.standalone.sample.Ledger.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of a job: its traffic, decided by its limits and budgets, priced by the catalogue. The same job has the
 * same events in the same order, however often they are told.
 */
final class History {

    private static final String ADDRESS = "127.0.0.1";

    private final SampleJob job;
    private final PriceCatalogue prices;

    History(SampleJob job, PriceCatalogue prices) {
        this.job = job;
        this.prices = prices;
    }

    /** Tells all of it, oldest first. */
    void tell(Consumer<RequestEvent> listener) {
        Ledger ledger = new Ledger(job.limitRules(), job.budgetRules());
        Instant first = Traffic.firstDay(job.until());
        new Traffic(job.until()).send(ask -> listener.accept(event(ask, new Call(ask, first), ledger)));
    }

    private RequestEvent event(Ask ask, Call call, Ledger ledger) {
        RequestId id = RequestId.create(ask.atMillis(), new Draws(ask.seed(), 1).random());
        @Nullable ModelPrice price = price(ask);
        Claim claim = claim(ask, call, price);
        return switch (ledger.decide(claim)) {
            case Verdict.Refused refused -> refused(id, ask, call, refused);
            case Verdict.Admitted admitted -> {
                Reply reply = call.reply();
                Money cost = price == null ? Money.ZERO : cost(price, reply.usage());
                ledger.charge(admitted.windows(), cost);
                yield admitted(id, ask, call, claim, admitted, reply, cost, price);
            }
        };
    }

    private @Nullable ModelPrice price(Ask ask) {
        String model = ask.workload().model();
        if (model == null) {
            return null;
        }
        return prices.find(ask.workload().api().profile.priceProviders(), model, Instant.ofEpochMilli(ask.atMillis()))
                .orElseThrow(() -> new IllegalStateException(
                        "model: " + model + " (expected: one that the catalogue has a price for)"));
    }

    private Claim claim(Ask ask, Call call, @Nullable ModelPrice price) {
        Workload workload = ask.workload();
        RequestFacts facts = new RequestFacts(
                workload.api().slug,
                workload.route().method(),
                workload.route().path(),
                workload.model(),
                SampleJob.idOf(job.keys(), workload.key()),
                null,
                workload.key().customer,
                workload.key().tags,
                ADDRESS);
        return new Claim(
                facts,
                ask.atMillis(),
                call.likely(),
                price == null ? Money.ZERO : cost(price, call.likely()),
                price == null
                        ? Money.ZERO
                        : price.ceiling(call.requestBytes(), workload.answer().maxTokens()));
    }

    private static Money cost(ModelPrice price, Usage usage) {
        return price.cost(usage)
                .orElseThrow(() -> new IllegalStateException(
                        "usage: " + usage + " (expected: classes that " + price.version() + " has rates for)"));
    }

    private RequestEvent admitted(
            RequestId id,
            Ask ask,
            Call call,
            Claim claim,
            Verdict.Admitted admitted,
            Reply reply,
            Money cost,
            @Nullable ModelPrice price) {
        long overheadMicros = call.overheadMicros();
        long totalMicros = reply.upstreamMicros() + overheadMicros;
        return new RequestEvent(
                id,
                caller(ask),
                requested(ask, call, call.requestBytes(), reply.bytes(), servedModel(ask, reply), 1),
                new RequestEvent.Times(
                        ask.atMillis(),
                        ask.atMillis(),
                        ask.atMillis() + totalMicros / 1_000,
                        totalMicros,
                        reply.upstreamMicros(),
                        overheadMicros,
                        reply.firstByteMicros()),
                new RequestEvent.Verdict(Decision.ALLOWED, reply.status(), reply.outcome(), null, false),
                new RequestEvent.Metering(
                        reply.usage(),
                        reply.source(),
                        cost.nanos(),
                        price == null ? null : price.version(),
                        false,
                        reply.serviceTier(),
                        claim.likely().totalTokens(),
                        admitted.bounded()
                                ? Math.max(0, cost.minus(admitted.held()).nanos())
                                : 0),
                charges(admitted, cost));
    }

    private RequestEvent refused(RequestId id, Ask ask, Call call, Verdict.Refused refused) {
        long micros = call.overheadMicros();
        return new RequestEvent(
                id,
                caller(ask),
                requested(ask, call, 0, 0, null, 0),
                new RequestEvent.Times(
                        ask.atMillis(), ask.atMillis(), ask.atMillis() + micros / 1_000, micros, 0, micros, 0),
                new RequestEvent.Verdict(refused.decision(), refused.status(), Outcome.REFUSED, refused.why(), false),
                RequestEvent.Metering.NOTHING,
                List.of());
    }

    private RequestEvent.Caller caller(Ask ask) {
        SampleKey key = ask.workload().key();
        return new RequestEvent.Caller(
                job.workspace(), SampleJob.idOf(job.keys(), key), key.title, null, key.customer, key.tags);
    }

    private RequestEvent.Call requested(
            Ask ask, Call call, long requestBytes, long replyBytes, @Nullable String servedModel, int attempts) {
        Workload workload = ask.workload();
        return new RequestEvent.Call(
                SampleJob.idOf(job.apis(), workload.api()),
                workload.api().slug,
                workload.route().method(),
                workload.route().path(),
                workload.route().endpoint(),
                workload.model(),
                servedModel,
                call.streamed(),
                requestBytes,
                replyBytes,
                attempts);
    }

    private static @Nullable String servedModel(Ask ask, Reply reply) {
        return reply.usage().isEmpty() ? null : ask.workload().model();
    }

    private static List<RequestEvent.Charge> charges(Verdict.Admitted admitted, Money cost) {
        return admitted.windows().stream()
                .map(window -> new RequestEvent.Charge(
                        window.budget(),
                        window.window().name(),
                        window.window().startMillis(),
                        window.window().endMillis(),
                        admitted.held().nanos(),
                        cost.nanos()))
                .toList();
    }
}
