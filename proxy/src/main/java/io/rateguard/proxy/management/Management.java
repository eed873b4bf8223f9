package io.rateguard.proxy.management;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.rateguard.counters.Counters;
import io.rateguard.proxy.ProxySettings;
import io.rateguard.proxy.admission.FailurePolicies;
import io.rateguard.proxy.connection.CallerConnections;
import io.rateguard.proxy.forward.DegradedCharges;
import io.rateguard.proxy.forward.Exchanges;
import io.rateguard.proxy.forward.Renewals;
import io.rateguard.proxy.forward.Settlements;
import io.rateguard.proxy.journal.JournalState;
import io.rateguard.proxy.journal.Journals;
import io.rateguard.proxy.local.Fleet;
import io.rateguard.proxy.local.LearnedOutputs;
import io.rateguard.proxy.policy.PolicyStore;
import io.rateguard.proxy.request.Refusals;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

/** Answers {@code /health/live}, {@code /health/ready} and {@code /metrics}. */
public final class Management implements AutoCloseable {

    private static final Duration REDIS_WAIT = Duration.ofMillis(500);

    private final PolicyStore policies;
    private final Counters counters;
    private final Journals journals;
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final DisposableServer server;
    private volatile boolean started;
    private volatile boolean stopping;

    /** A proxy that has never counted is not ready; one that has goes on by its failure policies. */
    private volatile boolean countersReached;

    public Management(
            ProxySettings settings,
            PolicyStore policies,
            Counters counters,
            Fleet fleet,
            FailurePolicies failurePolicies,
            LearnedOutputs learned,
            Journals journals,
            Exchanges exchanges,
            Settlements settlements,
            DegradedCharges degraded,
            Renewals renewals,
            Refusals refusals,
            CallerConnections connections) {
        this.policies = policies;
        this.counters = counters;
        this.journals = journals;
        measureJvm();
        measure(exchanges, settlements, renewals, refusals);
        gauge("rateguard.requests.malformed", "what was no HTTP, or could be read in two ways", connections::malformed);
        gauge("rateguard.requests.slow", "requests whose head did not arrive in time", connections::slow);
        measureStore(fleet, failurePolicies, degraded);
        gauge("rateguard.outputs.seen", "replies that told what they used, since the start", learned::seen);
        gauge("rateguard.outputs.exceeded", "of them, those longer than was expected", learned::exceeded);
        this.server = HttpServer.create()
                .host(settings.managementHost())
                .port(settings.managementPort())
                .route(routes -> routes.get("/health/live", (request, response) -> text(response, 200, "live"))
                        .get("/health/ready", (request, response) -> ready(response))
                        .get("/metrics", (request, response) -> text(response, 200, metrics.scrape())))
                .bindNow();
    }

    public int port() {
        return server.port();
    }

    /** From now on ready, if everything it needs is. */
    public void started() {
        started = true;
    }

    /** From now on not ready, so that load balancers look elsewhere. */
    public void stopping() {
        stopping = true;
    }

    @Override
    public void close() {
        server.disposeNow();
        garbage.close();
        metrics.close();
    }

    private Mono<Void> ready(HttpServerResponse response) {
        if (stopping || !started) {
            return text(response, 503, stopping ? "stopping" : "starting");
        }
        if (!policies.isVerified()) {
            return text(response, 503, "PostgreSQL: away");
        }
        if (!journals.hasRoom()) {
            return text(response, 503, "journal: " + journals.obstacle());
        }
        return Mono.fromCompletionStage(counters::ping)
                .timeout(REDIS_WAIT)
                .then(Mono.defer(() -> {
                    countersReached = true;
                    return text(response, 200, "ready");
                }))
                .onErrorResume(away -> countersReached
                        ? text(response, 200, "ready; Redis: away, failure policies decide")
                        : text(response, 503, "Redis: away"));
    }

    private static Mono<Void> text(HttpServerResponse response, int status, String text) {
        return response.status(status)
                .header(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                // Sent from where it stands: growing a pooled buffer around it may wait for a lock.
                .sendByteArray(Mono.just(text.getBytes(StandardCharsets.UTF_8)))
                .then();
    }

    private void measureJvm() {
        new JvmMemoryMetrics().bindTo(metrics);
        new JvmThreadMetrics().bindTo(metrics);
        new ProcessorMetrics().bindTo(metrics);
        garbage.bindTo(metrics);
    }

    private void measure(Exchanges exchanges, Settlements settlements, Renewals renewals, Refusals refusals) {
        gauge("rateguard.exchanges.open", "calls to upstreams under way", exchanges::open);
        gauge("rateguard.exchanges.draining", "of them, those whose caller has left", exchanges::drains);
        gauge("rateguard.settlements.open", "settlements under way", settlements::open);
        gauge("rateguard.settlements.failed", "settlements given up since the start", settlements::failed);
        gauge("rateguard.renewals", "holds given another life since the start", renewals::renewed);
        gauge("rateguard.renewals.failed", "renewals that failed and were tried again", renewals::failed);
        gauge("rateguard.holds.grown", "holds that grew with a stream, since the start", exchanges.growths()::grown);
        gauge("rateguard.holds.grown.failed", "growths that the store did not take", exchanges.growths()::failed);
        gauge("rateguard.refusals.unrecorded", "refusals that no event tells of", refusals::unrecorded);
        gauge("rateguard.journal.bytes", "what the journals occupy", () -> state().bytes());
        gauge(
                "rateguard.journal.dropped",
                "events given up since the start, for want of room",
                () -> state().droppedRecords());
        gauge(
                "rateguard.journal.unacknowledged.ends",
                "answers that ended before Kafka acknowledged, where it must",
                () -> state().unacknowledgedEnds());
        gauge(
                "rateguard.journal.unshipped",
                "events that Kafka has not acknowledged",
                () -> state().unshippedRecords());
        gauge(
                "rateguard.journal.oldest.unshipped.seconds",
                "age of the oldest of them",
                () -> state().oldestUnshippedAge().toSeconds());
        gauge("rateguard.policy.verified", "1 while changes of policy arrive", () -> policies.isVerified() ? 1 : 0);
    }

    private void measureStore(Fleet fleet, FailurePolicies failurePolicies, DegradedCharges degraded) {
        gauge("rateguard.counters.answering", "1 while Redis answers", () -> counters.isAnswering() ? 1 : 0);
        gauge(
                "rateguard.budgets.rebuilding",
                "workspaces whose budgets are being counted anew",
                () -> counters.rebuilds().cold().size());
        gauge("rateguard.proxies", "how many proxies are alive, as last counted", fleet::proxies);
        gauge("rateguard.degraded.requests", "decided by failure policies since the start", failurePolicies::decided);
        gauge(
                "rateguard.degraded.uncharged.nanos",
                "what budgets are still to be charged of what passed without Redis",
                degraded::nanos);
    }

    private JournalState state() {
        return journals.state();
    }

    private void gauge(String name, String what, Supplier<Number> value) {
        Gauge.builder(name, value).description(what).register(metrics);
    }
}
