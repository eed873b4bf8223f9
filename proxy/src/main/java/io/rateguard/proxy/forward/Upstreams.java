package io.rateguard.proxy.forward;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.rateguard.domain.net.AddressGuard;
import io.rateguard.proxy.loops.Loops;
import io.rateguard.proxy.policy.KnownApi;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * The HTTP clients: a pool of connections for each event loop, so that both legs of a call live on one thread. Clients
 * are cheap views on the pools, one for each API and its timeouts.
 */
public final class Upstreams implements AutoCloseable {

    private static final int CACHED_CLIENTS = 10_000;

    private final Loops loops;
    private final Map<EventLoop, ConnectionProvider> pools = new HashMap<>();
    private final GuardedResolver resolver;
    private final Cache<ClientKey, HttpClient> clients =
            Caffeine.newBuilder().maximumSize(CACHED_CLIENTS).build();

    public Upstreams(ForwardSettings settings, Loops loops, AddressGuard guard) {
        this.loops = loops;
        this.resolver = new GuardedResolver(
                new DnsAddressResolverGroup(new DnsNameResolverBuilder()
                        .datagramChannelType(loops.datagramChannelType())
                        .socketChannelType(loops.socketChannelType())),
                guard);
        // What TLS needs is read from files: here, not on the event loop of the first call that is secured.
        var _ = HttpClient.create().secure();
        int each = Math.max(1, settings.connectionsPerUpstream() / loops.count());
        for (EventLoop loop : loops.all()) {
            pools.put(
                    loop,
                    ConnectionProvider.builder("upstream-" + loops.indexOf(loop))
                            .maxConnections(each)
                            .pendingAcquireMaxCount(each * 4)
                            .pendingAcquireTimeout(settings.connectionWait())
                            .maxIdleTime(settings.connectionIdle())
                            .lifo()
                            .build());
        }
    }

    HttpClient client(EventLoop loop, KnownApi api) {
        return clients.get(new ClientKey(loops.indexOf(loop), api.connectTimeout()), key -> create(loop, api));
    }

    @Override
    public void close() {
        pools.values().forEach(ConnectionProvider::dispose);
        resolver.close();
    }

    private HttpClient create(EventLoop loop, KnownApi api) {
        ConnectionProvider pool = pools.get(loop);
        if (pool == null) {
            throw new IllegalStateException("a loop without a pool: " + loop);
        }
        return HttpClient.create(pool)
                .runOn(loops.only(loop))
                .resolver(resolver)
                .disableRetry(true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        api.connectTimeout().toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .doOnChannelInit((observer, channel, address) -> channel.pipeline()
                        .addAfter(NettyPipeline.HttpCodec, "final-replies-only", new FinalRepliesOnly()))
                .headers(headers -> headers.remove(HttpHeaderNames.USER_AGENT));
    }

    private record ClientKey(int loop, Duration connectTimeout) {}
}
