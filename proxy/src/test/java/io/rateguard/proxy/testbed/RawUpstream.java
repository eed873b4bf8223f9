package io.rateguard.proxy.testbed;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** An upstream that writes exactly the bytes a test tells it to. */
public final class RawUpstream implements AutoCloseable {

    private final ServerSocket server;
    private final Script script;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Queue<String> heads = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();

    /** Runs once for each connection. */
    public interface Script {
        void run(Call call) throws IOException;
    }

    private RawUpstream(ServerSocket server, Script script) {
        this.server = server;
        this.script = script;
    }

    public static RawUpstream start(Script script) throws IOException {
        RawUpstream upstream = new RawUpstream(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
        Thread.ofPlatform().daemon().name("raw-upstream").start(upstream::accept);
        return upstream;
    }

    /** Answers each request with the same text, on connections that are kept. */
    public static RawUpstream answering(String reply) throws IOException {
        return start(call -> {
            while (call.readRequest()) {
                call.write(reply);
            }
        });
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    public int connections() {
        return connections.get();
    }

    /** The heads of the requests that came, in their order. */
    public Queue<String> heads() {
        return heads;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                Thread.ofPlatform().daemon().name("raw-upstream-call").start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.run(new Call(socket));
        } catch (IOException gone) {
            // The other side left: what the test wanted to see, it sees at its own end.
        }
    }

    /** One connection. */
    public final class Call {

        private final InputStream in;
        private final OutputStream out;

        Call(Socket socket) throws IOException {
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        /** Reads a head and the body that its length announces; false at the end of the connection. */
        public boolean readRequest() throws IOException {
            String head = readHead();
            if (head.isEmpty()) {
                return false;
            }
            for (String line : head.split("\r\n")) {
                if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                    in.readNBytes(Integer.parseInt(line.substring(15).strip()));
                }
            }
            return true;
        }

        public String readHead() throws IOException {
            String head = RawCaller.head(in);
            if (!head.isEmpty()) {
                heads.add(head);
            }
            return head;
        }

        public int read() throws IOException {
            return in.read();
        }

        public void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        public void write(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }
    }
}
