package io.rateguard.tests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A balancer as a browser sees it: one address, behind which one console stands at a time, or none. */
final class Balancer implements AutoCloseable {

    private static final int NONE = 0;
    private static final int LONGEST_HEAD = 16_384;
    private static final byte[] UNAVAILABLE =
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket door;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private volatile int port = NONE;

    Balancer() throws IOException {
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::admit);
    }

    String url(String path) {
        return "http://127.0.0.1:" + door.getLocalPort() + "/" + path;
    }

    /** From now on; connections that stand end, for the browser goes on with them else. */
    void leadTo(int consolePort) throws IOException {
        port = consolePort;
        for (Socket client : clients) {
            client.close();
        }
    }

    void leadNowhere() throws IOException {
        leadTo(NONE);
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private void admit() {
        try {
            while (true) {
                Socket client = door.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // By its owner, for that is all that ends it.
        }
    }

    private void serve(Socket client) {
        try (client) {
            clients.add(client);
            int to = port;
            if (to == NONE) {
                refuse(client);
                return;
            }
            try (Socket console = new Socket(InetAddress.getLoopbackAddress(), to)) {
                Thread back = Thread.ofVirtual().start(() -> pass(console, client));
                pass(client, console);
                back.join();
            }
        } catch (IOException gone) {
            // The browser tries again.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            clients.remove(client);
        }
    }

    private static void refuse(Socket client) throws IOException {
        if (client.getInputStream().read(new byte[LONGEST_HEAD]) > 0) {
            client.getOutputStream().write(UNAVAILABLE);
        }
    }

    /** Until one of them ends; then both do. */
    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // As connections do.
        }
    }
}
