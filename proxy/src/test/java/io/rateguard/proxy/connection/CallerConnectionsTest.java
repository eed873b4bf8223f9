package io.rateguard.proxy.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;

class CallerConnectionsTest {

    private static final String HEAD = "GET /x HTTP/1.1\r\nHost: h\r\n";

    private final CallerConnections connections = new CallerConnections(Duration.ofSeconds(10));
    private final EmbeddedChannel channel = new EmbeddedChannel();

    CallerConnectionsTest() {
        channel.pipeline().addLast(NettyPipeline.HttpCodec, new HttpServerCodec());
        connections.onChannelInit(ConnectionObserver.emptyListener(), channel, null);
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void aHeadThatComesInPiecesInTimeIsARequest() {
        write(HEAD);
        pass(9);
        write("\r\n");
        pass(60);

        assertThat(request()).isTrue();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aHeadThatTricklesInIsEndedTenSecondsAfterItsFirstByte() {
        for (int second = 0; second < 10; second++) {
            assertThat(channel.isOpen()).as("after %s s", second).isTrue();
            write(HEAD.substring(second, second + 1));
            pass(1);
        }

        assertThat(channel.isOpen()).isFalse();
        assertThat(written()).startsWith("HTTP/1.1 408 Request Timeout").contains("\"code\":\"request_too_slow\"");
        assertThat(connections.slow()).isEqualTo(1);
    }

    @Test
    void aConnectionThatSaysNothingIsLeftToItsIdleTimeout() {
        pass(60);
        write(HEAD + "\r\n");
        assertThat(request()).isTrue();
        answer();
        pass(60);

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aSlowBodyIsNoSlowHead() {
        write("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n");
        write("01234");
        pass(60);
        write("56789");

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void anAnswerThatIsUnderWayIsNotCutForASlowHeadBehindIt() {
        write(HEAD + "\r\n");
        channel.writeOutbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        write("GET ");
        pass(60);
        assertThat(channel.isOpen()).isTrue();

        channel.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
        pass(10);
        assertThat(channel.isOpen()).isFalse();
        assertThat(connections.slow()).isEqualTo(1);
    }

    @Test
    void aBrokenBodyEndsTheConnectionWithAReasonAndIsNotPassedOn() {
        write("POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
        assertThat(request()).isTrue();
        write("zz\r\n");

        assertThat((Object) channel.readInbound()).isNull();
        assertThat(channel.isOpen()).isFalse();
        assertThat(written()).startsWith("HTTP/1.1 400 Bad Request").contains("\"code\":\"malformed_request\"");
        assertThat(connections.malformed()).isEqualTo(1);
    }

    @Test
    void aBrokenBodyDoesNotWriteIntoAnAnswerThatHasBegun() {
        write("POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
        channel.writeOutbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        written();
        write("zz\r\n");

        assertThat(channel.isOpen()).isFalse();
        assertThat(written()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /x HTTP/1.1\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
                "GET /x#y HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /\u00e9 HTTP/1.1\r\nHost: h\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n",
                "GET /x HTTP/1.1\nHost: h\n\n"
            })
    void whatCouldBeReadInTwoWaysReachesTheServerAsARefusalOnly(String shape) {
        write(shape);

        HttpRequest marked = channel.readInbound();
        assertThat(marked.decoderResult().isFailure()).isTrue();
        ReferenceCountUtil.release(marked);
        assertThat(connections.malformed()).isEqualTo(1);
        DefaultFullHttpResponse bare = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST, Unpooled.EMPTY_BUFFER);
        bare.headers().set("content-length", 0).set("connection", "close");
        channel.writeOutbound(bare);
        assertThat(written())
                .startsWith("HTTP/1.1 400 Bad Request")
                .contains("\"code\":\"malformed_request\"", "connection: close")
                .doesNotContain("content-length: 0");
    }

    @Test
    void anHttp10RequestNeedsNoHost() {
        write("GET /x HTTP/1.0\r\n\r\n");

        assertThat(request()).isTrue();
        assertThat(connections.malformed()).isZero();
    }

    private boolean request() {
        HttpRequest request = channel.readInbound();
        boolean whole = request != null && request.decoderResult().isSuccess();
        ReferenceCountUtil.release(request);
        return whole;
    }

    private void answer() {
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER);
        response.headers().set("content-length", 0);
        channel.writeOutbound(response);
    }

    private void write(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    private String written() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf each = channel.readOutbound(); each != null; each = channel.readOutbound()) {
            text.append(each.toString(StandardCharsets.UTF_8));
            each.release();
        }
        return text.toString();
    }
}
