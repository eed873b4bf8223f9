package io.rateguard.standalone.part;

import io.rateguard.standalone.StandaloneException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/** Loopback ports: whether one is free, and which one is. */
public final class Ports {

    /** Below the range from which outgoing connections take theirs, so that a port stays free between two starts. */
    private static final int LOWEST = 15_000;

    private static final int HIGHEST = 31_999;

    private Ports() {}

    /** @throws StandaloneException naming the port, and who has it where that can be seen */
    public static int requireFree(String option, int port) {
        if (!isFree(port)) {
            String owner = PortOwner.of(port).map(who -> " by " + who).orElse("");
            throw new StandaloneException(option + ": port " + port + " is taken" + owner
                    + "; stop that program, or choose another port (0: any free one)");
        }
        return port;
    }

    public static int free(RandomGenerator random) {
        for (int attempt = 0; attempt < 200; attempt++) {
            int port = random.nextInt(LOWEST, HIGHEST + 1);
            if (isFree(port)) {
                return port;
            }
        }
        throw new StandaloneException("no free port found between " + LOWEST + " and " + HIGHEST);
    }

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
