package io.rateguard.proxy.loops;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.netty.resources.LoopResources;

/** A fixed set of event loops, numbered from 0. */
public final class Loops implements AutoCloseable {

    private static final Duration QUIET = Duration.ZERO;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final LoopResources resources;
    private final EventLoopGroup group;
    private final List<EventLoop> all = new ArrayList<>();
    private final Map<EventLoop, Integer> indexes = new HashMap<>();
    private final Map<EventLoop, LoopResources> single = new HashMap<>();

    public Loops(int count) {
        this.resources = LoopResources.create("rateguard-proxy", 1, count, true, false);
        this.group = resources.onServer(true);
        for (EventExecutor executor : group) {
            EventLoop loop = (EventLoop) executor;
            indexes.put(loop, all.size());
            all.add(loop);
            single.put(loop, new OneLoop(loop));
        }
    }

    public int count() {
        return all.size();
    }

    public List<EventLoop> all() {
        return List.copyOf(all);
    }

    public int indexOf(EventLoop loop) {
        Integer index = indexes.get(loop);
        if (index == null) {
            throw new IllegalArgumentException("not one of the proxy's event loops: " + loop);
        }
        return index;
    }

    /**
     * The number of the loop that runs this.
     *
     * @throws IllegalStateException on any other thread: what belongs to a loop is used by that loop only
     */
    public int indexHere(EventLoop loop) {
        if (!loop.inEventLoop()) {
            throw new IllegalStateException(
                    "on " + Thread.currentThread().getName() + " (expected: the event loop of the request)");
        }
        return indexOf(loop);
    }

    /** For the server: connections spread over all loops. */
    public LoopResources resources() {
        return resources;
    }

    /** For a client that must stay on one loop. */
    public LoopResources only(EventLoop loop) {
        indexOf(loop);
        return single.getOrDefault(loop, resources);
    }

    public Class<? extends DatagramChannel> datagramChannelType() {
        return resources.onChannelClass(DatagramChannel.class, group);
    }

    public Class<? extends SocketChannel> socketChannelType() {
        return resources.onChannelClass(SocketChannel.class, group);
    }

    public Class<? extends ServerSocketChannel> serverChannelType() {
        return resources.onChannelClass(ServerSocketChannel.class, group);
    }

    @Override
    public void close() {
        var _ = resources.disposeLater(QUIET, CLOSE_TIMEOUT).subscribe();
    }

    private final class OneLoop implements LoopResources {

        private final EventLoop loop;

        OneLoop(EventLoop loop) {
            this.loop = loop;
        }

        @Override
        public EventLoopGroup onServer(boolean useNative) {
            return loop;
        }

        @Override
        public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup ignored) {
            return resources.onChannel(type, group);
        }

        @Override
        public <C extends Channel> Class<? extends C> onChannelClass(Class<C> type, EventLoopGroup ignored) {
            return resources.onChannelClass(type, group);
        }
    }
}
