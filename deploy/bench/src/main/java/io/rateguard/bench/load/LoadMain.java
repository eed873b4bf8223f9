package io.rateguard.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import reactor.netty.resources.LoopResources;

/** Takes orders on standard input, one after another; says {@code measuring}, then the result. */
public final class LoadMain {

    private final LoopResources resources = LoopResources.create("load", 1, true);
    private final EventLoop loop =
            (EventLoop) resources.onClient(true).iterator().next();

    private LoadMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        LoadMain generator = new LoadMain();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            generator.carryOut(Order.parse(line));
        }
        System.exit(0);
    }

    private void carryOut(Order order) throws InterruptedException {
        List<Channel> channels = connect(order);
        CountDownLatch done = new CountDownLatch(channels.size());
        channels.forEach(channel -> channel.closeFuture().addListener(closed -> done.countDown()));
        Run run = new Run(loop, order, channels, new Run.Progress() {
            @Override
            public void measuring() {
                System.out.println("measuring");
            }

            @Override
            public void measured(LoadResult result) {
                System.out.println(result.line());
            }
        });
        loop.execute(run::start);
        done.await();
    }

    private List<Channel> connect(Order order) throws InterruptedException {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(resources.onChannelClass(SocketChannel.class, resources.onClient(true)))
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpResponseDecoder());
                    }
                });
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < order.connections(); i++) {
            channels.add(bootstrap.connect("127.0.0.1", order.port()).sync().channel());
        }
        return channels;
    }
}
