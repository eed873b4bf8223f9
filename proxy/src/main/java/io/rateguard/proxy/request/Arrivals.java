package io.rateguard.proxy.request;

import io.netty.channel.EventLoop;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.net.AddressRange;
import io.rateguard.proxy.stage.Arrival;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Reads the head of a request. */
public final class Arrivals {

    /** Where the proxy listens for calls. */
    public static final String PREFIX = "/proxy/";

    private final List<AddressRange> trustedProxies;
    private final LongSupplier nowMillis;
    private final RandomGenerator random;

    /** @param trustedProxies whose {@code X-Forwarded-For} counts */
    public Arrivals(List<AddressRange> trustedProxies, LongSupplier nowMillis, RandomGenerator random) {
        this.trustedProxies = List.copyOf(trustedProxies);
        this.nowMillis = nowMillis;
        this.random = random;
    }

    Arrival of(HttpServerRequest request, HttpServerResponse response) {
        String uri = request.uri();
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        int slugEnd = path.indexOf('/', PREFIX.length());
        AtomicReference<EventLoop> loop = new AtomicReference<>();
        request.withConnection(connection -> loop.set(connection.channel().eventLoop()));
        long now = nowMillis.getAsLong();
        return new Arrival(
                RequestId.create(now, random),
                now,
                System.nanoTime(),
                request.method().name(),
                slugEnd < 0 ? path.substring(PREFIX.length()) : path.substring(PREFIX.length(), slugEnd),
                slugEnd < 0 ? "/" : path.substring(slugEnd),
                question < 0 ? "" : uri.substring(question + 1),
                clientAddress(request),
                loop.get(),
                request,
                response);
    }

    /** The caller's address: the nearest hop that is not a trusted proxy. */
    private String clientAddress(HttpServerRequest request) {
        InetSocketAddress peer = request.remoteAddress();
        if (peer == null || peer.getAddress() == null) {
            return "";
        }
        String address = peer.getAddress().getHostAddress();
        if (trustedProxies.isEmpty() || !isTrusted(peer.getAddress())) {
            return address;
        }
        List<String> hops = request.requestHeaders().getAll("x-forwarded-for").stream()
                .flatMap(line -> List.of(line.split(",")).stream())
                .map(String::strip)
                .toList();
        for (int i = hops.size() - 1; i >= 0; i--) {
            try {
                InetAddress hop = AddressRange.parse(hops.get(i)).base();
                address = hop.getHostAddress();
                if (!isTrusted(hop)) {
                    return address;
                }
            } catch (IllegalArgumentException notAnAddress) {
                return address;
            }
        }
        return address;
    }

    private boolean isTrusted(InetAddress address) {
        InetSocketAddress socket = new InetSocketAddress(address, 1);
        return trustedProxies.stream().anyMatch(range -> range.contains(socket));
    }
}
