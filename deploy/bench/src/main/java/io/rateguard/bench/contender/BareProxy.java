package io.rateguard.bench.contender;

import static java.util.Objects.requireNonNull;

import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** Hands requests and replies on, and nothing else: loops, pools, transport and socket options as RateGuard has them. */
public final class BareProxy {

    private static final int LOOPS = Runtime.getRuntime().availableProcessors();

    private BareProxy() {}

    public static void main(String[] arguments) {
        LoopResources loops = LoopResources.create("bare-proxy", 1, LOOPS, true, false);
        Map<EventLoop, HttpClient> clients = new HashMap<>();
        for (EventExecutor loop : loops.onServer(true)) {
            clients.put((EventLoop) loop, client((EventLoop) loop, "http://127.0.0.1:" + arguments[0]));
        }
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .runOn(loops)
                .option(ChannelOption.SO_BACKLOG, 4_096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .idleTimeout(Duration.ofSeconds(75))
                .handle((request, response) -> forward(clients, request, response))
                .bindNow();
        System.out.println(server.port());
        server.onDispose().block();
    }

    private static Publisher<Void> forward(
            Map<EventLoop, HttpClient> clients, HttpServerRequest request, HttpServerResponse response) {
        EventLoop[] loop = new EventLoop[1];
        request.withConnection(
                (Connection connection) -> loop[0] = connection.channel().eventLoop());
        return requireNonNull(clients.get(loop[0]))
                .headers(headers -> headers.set(request.requestHeaders()).remove("Host"))
                .request(request.method())
                .uri(request.uri())
                .send(request.receive().retain())
                .response((reply, body) -> response.status(reply.status())
                        .headers(reply.responseHeaders())
                        .send(body.retain()));
    }

    private static HttpClient client(EventLoop loop, String upstream) {
        ConnectionProvider pool = ConnectionProvider.builder("bare")
                .maxConnections(500 / LOOPS)
                .pendingAcquireMaxCount(2_000 / LOOPS)
                .maxIdleTime(Duration.ofSeconds(30))
                .lifo()
                .build();
        return HttpClient.create(pool)
                .runOn((EventLoopGroup) loop)
                .baseUrl(upstream)
                .disableRetry(true)
                .option(ChannelOption.TCP_NODELAY, true);
    }
}
