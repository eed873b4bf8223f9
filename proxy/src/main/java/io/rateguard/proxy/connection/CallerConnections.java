package io.rateguard.proxy.connection;

import io.netty.channel.Channel;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import reactor.netty.ChannelPipelineConfigurer;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;

/** Puts the guards on each connection, and counts what they turn away. */
public final class CallerConnections implements ChannelPipelineConfigurer {

    private static final String HEAD_TIMER = "rateguard.headTimer";
    private static final String FRAMING = "rateguard.framing";

    private final Duration slowAfter;
    private final LongAdder malformed = new LongAdder();
    private final LongAdder slow = new LongAdder();

    /** @param slowAfter how long the head of a request may take from its first bytes to its last */
    public CallerConnections(Duration slowAfter) {
        this.slowAfter = slowAfter;
    }

    @Override
    public void onChannelInit(ConnectionObserver observer, Channel channel, @Nullable SocketAddress remote) {
        Framing framing = new Framing(malformed);
        channel.pipeline()
                .addBefore(NettyPipeline.HttpCodec, HEAD_TIMER, new HeadTimer(framing, slowAfter, slow))
                .addAfter(NettyPipeline.HttpCodec, FRAMING, framing);
    }

    /** Requests that were no HTTP, or could be read in two ways. */
    public long malformed() {
        return malformed.sum();
    }

    /** Requests whose head did not arrive in time. */
    public long slow() {
        return slow.sum();
    }
}
