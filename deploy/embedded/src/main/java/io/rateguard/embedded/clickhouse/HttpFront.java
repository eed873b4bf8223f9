package io.rateguard.embedded.clickhouse;

import com.clickhouse.data.stream.Lz4OutputStream;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** ClickHouse's HTTP protocol, as far as its drivers speak it. */
final class HttpFront implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
    private static final int COMPRESSED_BLOCK_BYTES = 1 << 20;

    private final Engine engine;
    private final Login login;
    private final String version;

    HttpFront(Engine engine, Login login, String version) {
        this.engine = engine;
        this.login = login;
        this.version = version;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Keep-Alive", "timeout=20");
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/ping")) {
                answer(exchange, 200, "Ok.\n");
            } else if (path.equals("/")) {
                answerStatement(exchange);
            } else {
                answer(exchange, 404, "There is no handle " + path + "\n");
            }
        }
    }

    private void answerStatement(HttpExchange exchange) throws IOException {
        try {
            Request request = Request.of(exchange);
            if (!login.accepts(exchange.getRequestHeaders(), request.parameters())) {
                throw ClickHouseError.of(
                        ClickHouseError.AUTHENTICATION_FAILED,
                        "Authentication failed: password is incorrect, or there is no such user",
                        "AUTHENTICATION_FAILED");
            }
            run(exchange, request);
        } catch (ClickHouseError error) {
            refuse(exchange, error);
        } catch (IOException | RuntimeException failure) {
            LOG.warn("request failed", failure);
            refuse(exchange, ClickHouseError.of(ClickHouseError.UNKNOWN, failure.toString(), "UNKNOWN_EXCEPTION"));
        }
    }

    private void run(HttpExchange exchange, Request request) throws ClickHouseError, IOException {
        try (NativeText text = new NativeText();
                InputStream body = body(exchange, request)) {
            if (!request.query().isEmpty()) {
                text.add(request.query());
                text.add("\n");
            }
            text.add(body, Insert.LONGEST_BYTES);
            if (text.bytes().byteSize() == 0) {
                answer(exchange, 200, "Ok.\n");
                return;
            }
            Optional<Insert> insert = Insert.in(text.headBytes(Insert.LONGEST_BYTES));
            if (insert.isPresent()) {
                insert(exchange, request, insert.get(), text.bytes(), body);
                return;
            }
            text.add(body, Long.MAX_VALUE);
            Statement.rewriteKill(text);
            String format = Statement.format(text, request.format());
            engine.run(
                    request.preparation(),
                    text.bytes(),
                    format,
                    request.values(),
                    (bytes, summary) -> answer(exchange, request, format, bytes, summary));
        }
    }

    private void insert(HttpExchange exchange, Request request, Insert insert, MemorySegment read, InputStream rest)
            throws ClickHouseError, IOException {
        engine.insert(
                request.preparation(),
                read.asSlice(0, insert.statementEnd()),
                insert.format(),
                request.values(),
                new InsertedData(read.asSlice(insert.dataStart()), rest),
                (bytes, summary) -> answer(exchange, request, request.format(), bytes, summary));
    }

    private static void answer(
            HttpExchange exchange, Request request, String format, MemorySegment bytes, Library.Summary summary)
            throws IOException {
        announce(exchange.getResponseHeaders(), request, format, summary);
        send(exchange, bytes, request.isCompressed());
    }

    private static InputStream body(HttpExchange exchange, Request request) throws ClickHouseError {
        InputStream plain = exchange.getRequestBody();
        String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
        if (encoding != null) {
            throw ClickHouseError.of(
                    36, "Content-Encoding " + encoding + " (expected: none, or decompress=1)", "BAD_ARGUMENTS");
        }
        return request.isBodyCompressed() ? new CompressedInput(plain) : plain;
    }

    private static void announce(Headers headers, Request request, String format, Library.Summary summary) {
        headers.set("Content-Type", "application/octet-stream");
        headers.set("X-ClickHouse-Server-Display-Name", "rateguard-embedded");
        headers.set("X-ClickHouse-Query-Id", request.queryId());
        headers.set("X-ClickHouse-Timezone", "UTC");
        headers.set("X-ClickHouse-Format", format);
        headers.set(
                "X-ClickHouse-Summary",
                ("{\"read_rows\":\"%s\",\"read_bytes\":\"%s\",\"written_rows\":\"%s\",\"written_bytes\":\"%s\","
                                + "\"total_rows_to_read\":\"0\",\"result_rows\":\"%s\",\"result_bytes\":\"0\",\"elapsed_ns\":\"%s\"}")
                        .formatted(
                                summary.readRows(),
                                summary.readBytes(),
                                summary.writtenRows(),
                                summary.writtenBytes(),
                                summary.resultRows() + summary.writtenRows(),
                                summary.elapsedNanos()));
    }

    @SuppressWarnings("deprecation") // no other class writes the blocks that clients understand
    private static void send(HttpExchange exchange, MemorySegment bytes, boolean compressed) throws IOException {
        if (compressed && bytes.byteSize() > 0) {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = new Lz4OutputStream(exchange.getResponseBody(), COMPRESSED_BLOCK_BYTES, null)) {
                NativeText.write(bytes, out);
            }
            return;
        }
        exchange.sendResponseHeaders(200, bytes.byteSize() == 0 ? -1 : bytes.byteSize());
        if (bytes.byteSize() > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                NativeText.write(bytes, out);
            }
        }
    }

    private void refuse(HttpExchange exchange, ClickHouseError error) throws IOException {
        if (exchange.getResponseCode() != -1) {
            return;
        }
        exchange.getResponseHeaders().set("X-ClickHouse-Exception-Code", Integer.toString(error.code()));
        exchange.getResponseHeaders().set("X-ClickHouse-Server-Display-Name", "rateguard-embedded");
        answer(exchange, error.httpStatus(), error.text(version) + "\n");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=UTF-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
