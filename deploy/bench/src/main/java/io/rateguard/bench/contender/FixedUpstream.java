package io.rateguard.bench.contender;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.rateguard.bench.load.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Reads each request and gives the same chat completion of half a kilobyte to all, or a stream of chunks at a steady pace,
 * each with the instant it was sent at.
 */
public final class FixedUpstream {

    private static final String ANSWER = """
            {"id":"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG","object":"chat.completion","created":1794787200,\
            "model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"message":{"role":"assistant",\
            "content":"A token bucket fills at a steady rate and lets a burst through as long as it lasts.",\
            "refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],\
            "usage":{"prompt_tokens":71,"completion_tokens":19,"total_tokens":90,\
            "prompt_tokens_details":{"cached_tokens":0}},"service_tier":"default"}""";

    private static final String CHUNK = """
            data: {"id":"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG","object":"chat.completion.chunk",\
            "created":1794787200,"model":"gpt-4o-mini-2024-07-18","service_tier":"default",\
            "choices":[{"index":0,"delta":{"content":" bucket"},"logprobs":null,"finish_reason":null}],\
            "obfuscation":"%c%d%c"}

            """;
    private static final String END = """
            data: {"id":"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG","object":"chat.completion.chunk",\
            "created":1794787200,"model":"gpt-4o-mini-2024-07-18","service_tier":"default",\
            "choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]}

            data: {"id":"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG","object":"chat.completion.chunk",\
            "created":1794787200,"model":"gpt-4o-mini-2024-07-18","choices":[],\
            "usage":{"prompt_tokens":71,"completion_tokens":64,"total_tokens":135}}

            data: [DONE]

            """;

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
                        .then(Mono.defer(() -> request.requestHeaders().contains(Target.STREAMED_HEADER)
                                ? stream(response)
                                : response.header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                                        .header(HttpHeaderNames.CONTENT_LENGTH, length)
                                        .sendObject(answer.duplicate())
                                        .then())))
                .bindNow();
        System.out.println(server.port());
        server.onDispose().block();
    }

    private static Mono<Void> stream(HttpServerResponse response) {
        Flux<ByteBuf> chunks = Flux.interval(Duration.ofMillis(Target.CHUNK_EVERY_MILLIS))
                .onBackpressureDrop()
                .take(Target.CHUNKS)
                .map(chunk -> bytes(String.format(Locale.ROOT, CHUNK, Target.STAMP, System.nanoTime(), Target.STAMP)))
                .concatWith(Mono.fromSupplier(() -> bytes(END)));
        return response.sse().send(chunks, each -> true).then();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    }
}
