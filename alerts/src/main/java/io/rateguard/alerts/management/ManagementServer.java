package io.rateguard.alerts.management;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Health and metrics over HTTP. */
public final class ManagementServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ManagementServer.class);

    private static final String JSON = "application/json";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String UP = "{\"status\":\"UP\"}";

    private final AlertsStatus status;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public ManagementServer(ManagementSettings settings, AlertsStatus status) throws IOException {
        this.status = status;
        server = HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), 0);
        server.setExecutor(threads);
        server.createContext("/health/live", exchange -> answer(exchange, 200, JSON, UP));
        server.createContext("/health/ready", this::ready);
        server.createContext("/metrics", exchange -> answer(exchange, 200, PROMETHEUS, status.metrics()));
        server.start();
        log.info(
                "management listening on {}:{}",
                server.getAddress().getAddress().getHostAddress(),
                port());
        if (!settings.portFile().isEmpty()) {
            tell(Path.of(settings.portFile()));
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    /** Whole or not at all: somebody is waiting for it. */
    private void tell(Path file) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.writeString(partial, Integer.toString(port()));
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void ready(HttpExchange exchange) throws IOException {
        String reason = status.notReadyBecause();
        if (reason.isEmpty()) {
            answer(exchange, 200, JSON, UP);
            return;
        }
        answer(
                exchange,
                503,
                JSON,
                JsonMapper.shared()
                        .writeValueAsString(JsonNodeFactory.instance
                                .objectNode()
                                .put("status", "DOWN")
                                .put("detail", reason)));
    }

    private static void answer(HttpExchange exchange, int code, String type, String text) throws IOException {
        try (exchange) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(code, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
