package io.rateguard.proxy.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that another server on the way may have read differently, so that nobody smuggles one inside another,
 * and gives a reason to whom the decoder could not read. A body that turns out broken ends its connection: its upload
 * must not look whole to the upstream.
 */
final class Framing extends ChannelDuplexHandler {

    private final LongAdder malformed;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Problem problem;
    private long decoded;
    private int answering;
    private boolean inBody;
    private boolean headSent;
    private boolean closing;

    Framing(LongAdder malformed) {
        this.malformed = malformed;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /** How many parts of requests have been decoded. */
    long decoded() {
        return decoded;
    }

    /** Whether a head has been read whose body has not ended. */
    boolean isInBody() {
        return inBody;
    }

    boolean isAnswering() {
        return answering > 0;
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        decoded++;
        if (closing) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpRequest request) {
            head(from, request);
        } else if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
            malformed.increment();
            ReferenceCountUtil.release(message);
            refuse(Problem.of(part.decoderResult().cause()));
        } else {
            inBody = !(message instanceof LastHttpContent);
            from.fireChannelRead(message);
        }
    }

    /** Those that are refused here are answered by the server, in their turn; it knows what is still being answered. */
    private void head(ChannelHandlerContext from, HttpRequest request) {
        if (!request.decoderResult().isFailure()) {
            Problem objection = objection(request);
            if (objection != null) {
                request.setDecoderResult(DecoderResult.failure(new Problem.Objection(objection)));
            }
        }
        if (request.decoderResult().isFailure()) {
            malformed.increment();
            problem = Problem.of(request.decoderResult().cause());
        }
        answering++;
        headSent &= answering > 1;
        inBody = !(request instanceof LastHttpContent);
        from.fireChannelRead(request);
    }

    @Override
    public void write(ChannelHandlerContext to, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            var _ = to.write(message, promise);
            return;
        }
        headSent |= message instanceof HttpResponse;
        Object written = message;
        if (problem != null && message instanceof FullHttpResponse refusal && isOf(problem, refusal)) {
            refusal.release();
            written = problem.response();
        }
        if (written instanceof LastHttpContent) {
            answering--;
            headSent = false;
        }
        var _ = to.write(written, promise);
    }

    /** Ends the connection, with a word of why where nothing else is being said on it. */
    void refuse(Problem why) {
        closing = true;
        ChannelHandlerContext here = context;
        if (here == null) {
            return;
        }
        boolean onlyThis = answering == 0 || answering == 1 && !headSent;
        if (onlyThis) {
            var _ = here.writeAndFlush(why.response()).addListener(ChannelFutureListener.CLOSE);
        } else {
            var _ = here.close();
        }
    }

    private static boolean isOf(Problem problem, FullHttpResponse refusal) {
        return !refusal.content().isReadable()
                && refusal.status().codeClass() == HttpStatusClass.CLIENT_ERROR
                && refusal.headers().containsValue(HttpHeaderNames.CONNECTION, "close", true)
                && problem.status().codeClass() == HttpStatusClass.CLIENT_ERROR;
    }

    private static @Nullable Problem objection(HttpRequest request) {
        HttpHeaders headers = request.headers();
        if (!isPrintable(request.uri())) {
            return Problem.malformed("address: expected printable ASCII without #, anything else percent-encoded.");
        }
        int hosts = headers.getAll(HttpHeaderNames.HOST).size();
        if (hosts > 1 || hosts == 0 && request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            return Problem.malformed("host: " + hosts + " headers (expected: 1).");
        }
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!codings.isEmpty() && !(codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked"))) {
            return Problem.malformed("transfer-encoding: expected none, or chunked alone.");
        }
        return null;
    }

    private static boolean isPrintable(String uri) {
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                return false;
            }
        }
        return true;
    }
}
