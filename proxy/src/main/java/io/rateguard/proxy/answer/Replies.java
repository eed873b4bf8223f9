package io.rateguard.proxy.answer;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.rateguard.domain.api.Profile;
import io.rateguard.domain.api.UnknownPaths;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.proxy.dialect.Dialect;
import io.rateguard.proxy.dialect.ErrorBody;
import io.rateguard.proxy.dialect.ErrorCategory;
import io.rateguard.proxy.dialect.ErrorDetail;
import io.rateguard.proxy.dialect.Routes;
import io.rateguard.proxy.stage.Admitted;
import io.rateguard.proxy.stage.Arrival;
import io.rateguard.proxy.stage.Headroom;
import io.rateguard.proxy.stage.Refusal;
import io.rateguard.proxy.stage.Routed;
import io.rateguard.proxy.stage.Stage;
import java.time.Instant;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** Answers in the caller's dialect what RateGuard itself has to say. */
public final class Replies {

    /** Clients that retry by themselves should not when the wait is longer than this. */
    private static final long WORTH_RETRYING_MILLIS = 60_000;

    private Replies() {}

    public static Mono<Void> send(Stage reached, Refusal refusal) {
        Arrival arrival = reached.arrival();
        HttpServerResponse response = arrival.response();
        if (response.hasSentHeaders()) {
            response.withConnection(connection -> {
                var _ = connection.channel().close();
            });
            return Mono.empty();
        }
        ErrorBody body = dialect(reached)
                .error(
                        refusal.category(),
                        refusal.status(),
                        refusal.code(),
                        refusal.message(),
                        detail(arrival, refusal));
        response.status(refusal.status());
        response.header(HttpHeaderNames.CONTENT_TYPE, body.contentType());
        response.header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.bytes().length));
        Headroom headroom = refusal.headroom() == null ? Headroom.NONE : refusal.headroom();
        ReplyHeaders.decided(response.responseHeaders(), arrival.id(), refusal.decision(), headroom);
        ReplyHeaders.timed(response.responseHeaders(), 0, arrival.elapsedMicros(System.nanoTime()));
        response.header(ReplyHeaders.ERROR, refusal.code());
        retry(response, refusal);
        if (refusal.closesConnection()) {
            response.keepAlive(false);
        }
        return response.sendObject(Unpooled.wrappedBuffer(body.bytes())).then();
    }

    /** For an admitted call that got no reply; what it is charged has been recorded by then. */
    public static Mono<Void> upstreamFailed(Admitted admitted, int status, String code, String what) {
        Refusal failure = Refusal.of(
                        Decision.ALLOWED,
                        status,
                        ErrorCategory.UPSTREAM,
                        code,
                        "The upstream of \"" + admitted.arrival().apiSlug() + "\" " + what + ".")
                .with(admitted.headroom());
        return send(admitted, failure);
    }

    private static void retry(HttpServerResponse response, Refusal refusal) {
        if (refusal.retryAfterMillis() >= 0) {
            response.header(
                    HttpHeaderNames.RETRY_AFTER, Long.toString(ReplyHeaders.seconds(refusal.retryAfterMillis())));
        }
        boolean worthwhile = refusal.retryAfterMillis() >= 0 && refusal.retryAfterMillis() <= WORTH_RETRYING_MILLIS;
        if (!worthwhile && (refusal.status() == 429 || refusal.status() == 402)) {
            response.header("x-should-retry", "false");
        }
    }

    private static ErrorDetail detail(Arrival arrival, Refusal refusal) {
        RequestEvent.Refusal rule = refusal.rule();
        Instant reset = rule == null || rule.resetAtMillis() == 0 ? null : Instant.ofEpochMilli(rule.resetAtMillis());
        return new ErrorDetail(arrival.id().value(), rule == null ? null : rule.rule(), reset);
    }

    /** The route's; before the route is known, that which the path looks like. */
    private static Dialect dialect(Stage reached) {
        Routed routed = reached.routed();
        if (routed != null) {
            return routed.route().dialect();
        }
        Arrival arrival = reached.arrival();
        String path = arrival.path().startsWith("/v1") ? arrival.path() : "/v1" + arrival.path();
        return Routes.find(Profile.DEMO, UnknownPaths.BLOCK, arrival.method(), path)
                .dialect();
    }
}
