package io.rateguard.embedded.clickhouse;

import com.sun.net.httpserver.HttpServer;
import io.rateguard.embedded.child.ChildLife;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Runs one ClickHouse engine. Arguments: library, data folder, configuration file, port, user. The password comes in the
 * environment, where other users of the machine cannot see it.
 */
public final class ClickHouseMain {

    public static final String PASSWORD_VARIABLE = "RATEGUARD_CLICKHOUSE_PASSWORD";

    private static final int CONCURRENT_REQUESTS = 32;
    private static final int QUEUED_CONNECTIONS = 128;
    private static final long STATEMENTS_END_WITHIN_SECONDS = 10;

    private ClickHouseMain() {}

    public static void main(String[] arguments) throws Exception {
        ChildLife.endWithParent();
        Engine engine = new Engine(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
        Login login = new Login(arguments[4], System.getenv(PASSWORD_VARIABLE));

        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), Integer.parseInt(arguments[3])),
                QUEUED_CONNECTIONS);
        // Calls into the engine block their thread: platform threads.
        ExecutorService threads = Executors.newFixedThreadPool(CONCURRENT_REQUESTS);
        server.setExecutor(threads);
        server.createContext("/", new HttpFront(engine, login, engine.version()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, threads, engine), "clickhouse-shutdown"));
        server.start();
        ChildLife.ready();
    }

    private static void stop(HttpServer server, ExecutorService threads, Engine engine) {
        server.stop(1);
        threads.shutdown();
        try {
            // Closing the engine under a running statement could crash it; what was acknowledged is on disk anyway.
            if (threads.awaitTermination(STATEMENTS_END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                engine.close();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
