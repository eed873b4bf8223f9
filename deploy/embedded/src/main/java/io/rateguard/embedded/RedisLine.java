package io.rateguard.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One connection to Redis, for a few commands without a client. */
final class RedisLine implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 2_000;

    private final Socket socket = new Socket();
    private final BufferedReader replies;

    RedisLine(RedisAccess access) throws IOException {
        try {
            socket.connect(new InetSocketAddress(access.host(), access.port()), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            if (!access.password().isEmpty()
                    && !call("AUTH " + access.password()).equals("+OK")) {
                throw new IOException("Redis refuses the password");
            }
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    String call(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        String reply = replies.readLine();
        if (reply == null) {
            throw new IOException("Redis closed the connection");
        }
        return reply;
    }

    /** A command that answers in one text. */
    String text(String command) throws IOException {
        return text(command, call(command));
    }

    /** A command that answers in a list of texts without line breaks. */
    List<String> texts(String command) throws IOException {
        String head = call(command);
        if (!head.startsWith("*")) {
            throw new IOException(command + ": " + head);
        }
        List<String> texts = new ArrayList<>();
        for (int left = Integer.parseInt(head.substring(1)); left > 0; left--) {
            texts.add(text(command, replies.readLine()));
        }
        return texts;
    }

    private String text(String command, String head) throws IOException {
        if (!head.startsWith("$")) {
            throw new IOException(command + ": " + head);
        }
        char[] text = new char[Integer.parseInt(head.substring(1)) + 2];
        for (int read = 0; read < text.length; ) {
            read += replies.read(text, read, text.length - read);
        }
        return new String(text, 0, text.length - 2);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
