package io.rateguard.demo;

import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpResources;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/** A running demo provider. It takes requests from the moment it is made until it is closed. */
public final class DemoProvider implements AutoCloseable {

    private static final int MOST_HEADER_BYTES = 65_536;
    private static final String RECEIVED = "/received";
    private static final Reply HEALTHY = Reply.json(Json.bytes("{\"status\":\"UP\"}"));

    private final Switchboard switchboard;
    private final ReceivedRequests received;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final LoopResources loops;
    private final boolean ownLoops;
    private final DisposableServer server;

    private DemoProvider(DemoSettings settings) {
        switchboard = new Switchboard(settings);
        received = new ReceivedRequests(settings.recorded());
        ownLoops = settings.threads() > 0;
        loops = ownLoops ? LoopResources.create("demo-provider", settings.threads(), true) : HttpResources.get();
        server = HttpServer.create()
                .host(settings.host())
                .port(settings.port())
                .runOn(loops)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .httpRequestDecoder(decoder -> decoder.maxHeaderSize(MOST_HEADER_BYTES))
                .doOnConnection(connection -> connections.add(connection.channel()))
                .handle(this::handle)
                .bindNow();
    }

    /** Binds and returns once requests are taken; fails if the port is taken. */
    public static DemoProvider start(DemoSettings settings) {
        Json.prepare();
        return new DemoProvider(settings);
    }

    public int port() {
        return server.port();
    }

    /** {@code http://127.0.0.1:41234}, without a slash at the end. */
    public String url() {
        String host = server.host();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port();
    }

    /** What arrived on any path but {@code /health} and {@code /received}. */
    public ReceivedRequests received() {
        return received;
    }

    /** Waits until it is closed by another thread. */
    public void await() {
        server.onDispose().block();
    }

    /** Stops at once; open answers are cut. */
    @Override
    public void close() {
        server.disposeNow();
        connections.close().awaitUninterruptibly();
        if (ownLoops) {
            loops.disposeLater().block();
        }
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        return request.receive()
                .collect(BodyBytes::new, BodyBytes::add)
                .flatMap(body -> Mono.from(answer(request, response, body)));
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response, BodyBytes body) {
        String uri = request.uri();
        int mark = uri.indexOf('?');
        String path = mark < 0 ? uri : uri.substring(0, mark);
        if (path.equals("/health")) {
            return new Delivery(response, Behaviour.PLAIN).send(HEALTHY);
        }
        if (body.isTooLarge()) {
            return new Delivery(response, Behaviour.PLAIN).send(tooLarge(path));
        }
        if (path.equals(RECEIVED) && received.isOn()) {
            return new Delivery(response, Behaviour.PLAIN)
                    .send(received.answer(request.method().name()));
        }
        String query = mark < 0 ? "" : uri.substring(mark + 1);
        Call call = new Call(request.method().name(), path, query, request.requestHeaders(), body.all());
        if (received.isOn()) {
            received.add(new ReceivedRequest(call.method(), path, query, call.headerValues(), call.body()));
        }
        Switchboard.Answer answer = switchboard.answer(call);
        return new Delivery(response, answer.behaviour()).send(answer.reply());
    }

    private static Reply tooLarge(String path) {
        Rejected rejected = new Rejected(413, "The body is larger than " + BodyBytes.MOST_BYTES + " bytes");
        return Dialect.ofPath(path).reply(rejected, Behaviour.PLAIN);
    }
}
