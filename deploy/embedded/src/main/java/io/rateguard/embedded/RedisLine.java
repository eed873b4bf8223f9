package io.rateguard.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One connection to Redis for commands that answer in a single line; enough to ask whether it is there. */
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

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
