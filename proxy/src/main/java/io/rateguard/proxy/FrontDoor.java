package io.rateguard.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.rateguard.proxy.request.Arrivals;
import io.rateguard.proxy.request.Pipeline;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** What the proxy's own port answers: calls below {@code /proxy/}, and {@code /health} for load balancers. */
final class FrontDoor implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {

    private static final String HEALTHY = "{\"status\":\"up\",\"version\":\"" + version() + "\"}";

    private final Pipeline pipeline;
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean stopping;

    FrontDoor(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** From now on each answer is the last one of its connection. */
    void stopping() {
        stopping = true;
    }

    /** How many callers are being answered. */
    int open() {
        return open.get();
    }

    @Override
    public Publisher<Void> apply(HttpServerRequest request, HttpServerResponse response) {
        if (stopping) {
            response.keepAlive(false);
        }
        open.incrementAndGet();
        return Mono.defer(() -> answer(request, response)).doFinally(how -> open.decrementAndGet());
    }

    private Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        String uri = request.uri();
        if (uri.startsWith(Arrivals.PREFIX)) {
            return pipeline.handle(request, response);
        }
        if (uri.equals("/health")) {
            return json(response, 200, "application/json", HEALTHY);
        }
        return json(
                response,
                404,
                "application/problem+json",
                "{\"title\":\"Not found\",\"status\":404,\"code\":\"not_found\","
                        + "\"detail\":\"Calls go to /proxy/{api}/{path}.\"}");
    }

    private static Mono<Void> json(HttpServerResponse response, int status, String type, String body) {
        return response.status(status)
                .header(HttpHeaderNames.CONTENT_TYPE, type)
                .sendString(Mono.just(body))
                .then();
    }

    private static String version() {
        String version = FrontDoor.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
