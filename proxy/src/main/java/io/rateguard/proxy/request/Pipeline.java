package io.rateguard.proxy.request;

import io.rateguard.proxy.admission.Admissions;
import io.rateguard.proxy.auth.Authenticator;
import io.rateguard.proxy.forward.Exchanges;
import io.rateguard.proxy.stage.Arrival;
import io.rateguard.proxy.stage.Refused;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Carries one request from arrival to record. The order of the lines is the order of the work. */
public final class Pipeline {

    private final Arrivals arrivals;
    private final Authenticator authenticator;
    private final Understanding understanding;
    private final Admissions admissions;
    private final Exchanges exchanges;
    private final Refusals refusals;

    public Pipeline(
            Arrivals arrivals,
            Authenticator authenticator,
            Understanding understanding,
            Admissions admissions,
            Exchanges exchanges,
            Refusals refusals) {
        this.arrivals = arrivals;
        this.authenticator = authenticator;
        this.understanding = understanding;
        this.admissions = admissions;
        this.exchanges = exchanges;
        this.refusals = refusals;
    }

    public Mono<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        Arrival arrival = arrivals.of(request, response);
        return Mono.defer(() -> authenticator.identify(arrival)) // Arrival → Identified: whose key it is
                .map(understanding::route) // Identified → Routed: which API, and how its path is metered
                .flatMap(understanding::read) // Routed → Understood: model, size, what it may cost
                .flatMap(admissions::take) // Understood → Admitted: limits and budgets, all or nothing
                .flatMap(exchanges::run) // Admitted → answered: forward, meter, settle, record
                .onErrorResume(Refused.class, refusals::answer)
                .onErrorResume(failure -> refusals.answerFailure(arrival, failure));
    }
}
