package io.rateguard.bench.contender;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Reads each request and gives the same chat completion of half a kilobyte to all. */
public final class FixedUpstream {

    private static final String ANSWER = """
            {"id":"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG","object":"chat.completion","created":1794787200,\
            "model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"message":{"role":"assistant",\
            "content":"A token bucket fills at a steady rate and lets a burst through as long as it lasts.",\
            "refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],\
            "usage":{"prompt_tokens":71,"completion_tokens":19,"total_tokens":90,\
            "prompt_tokens_details":{"cached_tokens":0}},"service_tier":"default"}""";

    private FixedUpstream() {}

    public static void main(String[] arguments) {
        ByteBuf answer = Unpooled.unreleasableBuffer(
                Unpooled.directBuffer().writeBytes(ANSWER.getBytes(StandardCharsets.UTF_8)));
        String length = Integer.toString(answer.readableBytes());
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .handle((request, response) -> request.receive()
                        .then(Mono.defer(() -> response.header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                                .header(HttpHeaderNames.CONTENT_LENGTH, length)
                                .sendObject(answer.duplicate())
                                .then())))
                .bindNow();
        System.out.println(server.port());
        server.onDispose().block();
    }
}
