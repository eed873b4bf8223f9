package io.rateguard.proxy.testbed;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A caller that writes exactly the bytes a test tells it to. */
public final class RawCaller implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 15_000;

    private final Socket socket;
    private final InputStream in;

    public RawCaller(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    public RawCaller write(String text) throws IOException {
        return write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawCaller write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** The next reply; its body as its head announces it. */
    public Answer read() throws IOException {
        return read(false);
    }

    /** The next reply to a HEAD request: no body, whatever its head says. */
    public Answer readHeadOnly() throws IOException {
        return read(true);
    }

    public String readHead() throws IOException {
        return head(in);
    }

    /** So many bytes of a body. */
    public String read(int bytes) throws IOException {
        return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
    }

    /** Whether nothing has come that was not read. */
    public boolean hasNothing() throws IOException {
        return in.available() == 0;
    }

    /** Everything up to the end of the connection. */
    public String readToEnd() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Answer read(boolean headOnly) throws IOException {
        Answer bare = new Answer(head(in), "", "");
        if (bare.head().isEmpty()) {
            throw new IOException("the connection ended without a reply");
        }
        if (headOnly || bare.status() == 204 || bare.status() == 304 || bare.status() < 200) {
            return bare;
        }
        if (bare.header("transfer-encoding").isPresent()) {
            return chunked(bare);
        }
        int length = Integer.parseInt(bare.header("content-length").orElse("0"));
        return new Answer(bare.head(), new String(in.readNBytes(length), StandardCharsets.ISO_8859_1), "");
    }

    private Answer chunked(Answer bare) throws IOException {
        StringBuilder body = new StringBuilder();
        while (true) {
            int length = Integer.parseInt(line(in), 16);
            if (length == 0) {
                return new Answer(bare.head(), body.toString(), head(in));
            }
            body.append(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
            line(in);
        }
    }

    static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            head.append(line).append("\r\n");
        }
        return head.toString();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** One reply. */
    public record Answer(String head, String body, String trailers) {

        public int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        public Optional<String> header(String name) {
            List<String> lines = Arrays.asList(head.split("\r\n"));
            return lines.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }
}
