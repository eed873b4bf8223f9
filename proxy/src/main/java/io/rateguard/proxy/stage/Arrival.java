package io.rateguard.proxy.stage;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import io.rateguard.domain.id.RequestId;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A request whose head has been read: {@code /proxy/{apiSlug}{path}?{query}}.
 *
 * @param path after the API's slug; starts with a slash
 * @param query without its question mark; empty when there is none
 * @param loop the event loop of the caller's connection: everything that happens to the request happens on it
 */
public record Arrival(
        RequestId id,
        long arrivedAtMillis,
        long arrivedAtNanos,
        String method,
        String apiSlug,
        String path,
        String query,
        String clientAddress,
        EventLoop loop,
        HttpServerRequest request,
        HttpServerResponse response)
        implements Stage {

    @Override
    public Arrival arrival() {
        return this;
    }

    public HttpHeaders headers() {
        return request.requestHeaders();
    }

    /** Microseconds since the head was read. */
    public long elapsedMicros(long nowNanos) {
        return (nowNanos - arrivedAtNanos) / 1_000;
    }
}
