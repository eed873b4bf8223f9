package io.rateguard.demo;

import java.util.Map;
import java.util.function.IntFunction;

/** An answer before it is sent: status, headers and a body that is either whole or made piece by piece. */
record Reply(int status, String contentType, Map<String, String> headers, Body body) {

    static final String JSON = "application/json";
    static final String EVENTS = "text/event-stream; charset=utf-8";
    static final String BYTES = "application/octet-stream";

    static Reply json(byte[] body) {
        return json(200, body);
    }

    static Reply json(int status, byte[] body) {
        return new Reply(status, JSON, Map.of(), new Whole(body));
    }

    static Reply events(int count, IntFunction<byte[]> event) {
        return new Reply(200, EVENTS, Map.of("Cache-Control", "no-cache"), new Pieces(count, -1, event));
    }

    /** JSON that is made piece by piece. */
    static Reply pieces(int count, IntFunction<byte[]> piece) {
        return new Reply(200, JSON, Map.of(), new Pieces(count, -1, piece));
    }

    Reply with(Map<String, String> more) {
        return new Reply(status, contentType, more, body);
    }

    sealed interface Body {}

    record Whole(byte[] bytes) implements Body {}

    /** @param length of all pieces together, or -1 where it is not announced */
    record Pieces(int count, long length, IntFunction<byte[]> piece) implements Body {}
}
