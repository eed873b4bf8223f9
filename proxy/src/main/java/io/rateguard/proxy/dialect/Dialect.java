package io.rateguard.proxy.dialect;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** One provider's language: how its requests, usage reports and errors read. Stateless, shared by all exchanges. */
public interface Dialect {

    /** Stable, for logs and metrics: {@code openai-chat}. */
    String name();

    /**
     * Reads a request body from its reader index, leaving index and reference count as they are.
     *
     * @throws InvalidRequest naming the field, its value and what was expected
     */
    Ask ask(ByteBuf body, @Nullable String contentType, Address address);

    /** For a request whose address says nothing beside its path. */
    default Ask ask(ByteBuf body, @Nullable String contentType) {
        return ask(body, contentType, Address.NONE);
    }

    /** A meter for one reply to that ask; only a 2xx reply is read, any other passes as it is. */
    ReplyMeter meter(Ask ask, int status, @Nullable String contentType, @Nullable String contentEncoding);

    /** An error of RateGuard's own, in the words the caller's SDK understands. */
    ErrorBody error(ErrorCategory category, int status, String code, String message, ErrorDetail detail);
}
