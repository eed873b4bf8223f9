package io.rateguard.bench.load;

import java.nio.charset.StandardCharsets;

/** One address and the request that is sent to it, again and again: 0.4 kB of chat. */
public record Target(int port, String path, String key, boolean streamed) {

    /** Asks {@code FixedUpstream} for a stream. */
    public static final String STREAMED_HEADER = "X-Bench-Streamed";

    /** In each stream, one every {@link #CHUNK_EVERY_MILLIS}. */
    public static final int CHUNKS = 100;

    public static final int CHUNK_EVERY_MILLIS = 10;

    /** Stands before and behind the instant, of {@link System#nanoTime}, at which a chunk was sent. */
    public static final byte STAMP = '@';

    private static final String BODY = """
            {"model":"gpt-4o-mini","max_tokens":64,"temperature":0.2,"messages":[\
            {"role":"system","content":"You answer questions about rate limiting in one or two plain sentences, \
            without lists and without code."},\
            {"role":"user","content":"Explain in one sentence what a token bucket is, why it lets short bursts through, \
            and how it differs from a fixed window that is reset once a minute."}]}""";

    byte[] request() {
        String text = streamed ? BODY.replace("{\"model\"", "{\"stream\":true,\"model\"") : BODY;
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + path + " HTTP/1.1\r\n"
                + "Host: 127.0.0.1:" + port + "\r\n"
                + "Authorization: Bearer " + key + "\r\n"
                + "Content-Type: application/json\r\n"
                + (streamed ? STREAMED_HEADER + ": 1\r\n" : "")
                + "Accept: " + (streamed ? "text/event-stream" : "application/json") + "\r\n"
                + "User-Agent: rateguard-bench\r\n"
                + "Content-Length: " + body.length + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }
}
