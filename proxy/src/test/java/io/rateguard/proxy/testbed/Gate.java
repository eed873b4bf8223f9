package io.rateguard.proxy.testbed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port where nobody answers until the gate is opened; from then on it leads to another one. */
public final class Gate implements AutoCloseable {

    private final int port;
    private final Set<AutoCloseable> sockets = ConcurrentHashMap.newKeySet();

    public Gate() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    public void openTo(int target) throws IOException {
        ServerSocket server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        sockets.add(server);
        Thread.ofPlatform().daemon().name("gate").start(() -> accept(server, target));
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable socket : sockets) {
            socket.close();
        }
    }

    private void accept(ServerSocket server, int target) {
        try {
            while (true) {
                Socket near = server.accept();
                Socket far = new Socket("127.0.0.1", target);
                sockets.add(near);
                sockets.add(far);
                Thread.ofPlatform().daemon().start(() -> copy(near, far));
                Thread.ofPlatform().daemon().start(() -> copy(far, near));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException closed) {
            // One side hung up; closing both tells the other.
        }
    }
}
