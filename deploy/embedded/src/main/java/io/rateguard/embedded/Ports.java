package io.rateguard.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;

/**
 * Finds free loopback ports, below the range from which outgoing connections take theirs: a remembered port must still
 * be free when the part starts again.
 */
final class Ports {

    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 31_999;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ports() {}

    static int free() {
        for (int attempt = 0; attempt < 200; attempt++) {
            int port = LOWEST + RANDOM.nextInt(HIGHEST - LOWEST + 1);
            if (isFree(port)) {
                return port;
            }
        }
        throw new EmbeddedPartException("no free port found between " + LOWEST + " and " + HIGHEST);
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
