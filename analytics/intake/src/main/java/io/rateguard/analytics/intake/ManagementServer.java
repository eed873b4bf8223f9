package io.rateguard.analytics.intake;

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

/** Health and metrics over HTTP, for probes and Prometheus. */
final class ManagementServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    ManagementServer(ManagementSettings settings, IntakeStatus status) throws IOException {
        server = HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), 0);
        server.setExecutor(threads);
        server.createContext("/health/live", exchange -> answer(exchange, 200, "{\"status\":\"UP\"}"));
        server.createContext("/health/ready", exchange -> ready(exchange, status));
        server.createContext("/metrics", exchange -> answer(exchange, 200, status.metrics()));
        server.start();
        LOG.info(
                "management listening on {}:{}",
                server.getAddress().getAddress().getHostAddress(),
                port());
        if (!settings.portFile().isEmpty()) {
            tell(Path.of(settings.portFile()));
        }
    }

    int port() {
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

    private static void ready(HttpExchange exchange, IntakeStatus status) throws IOException {
        String reason = status.notReadyBecause();
        if (reason == null) {
            answer(exchange, 200, "{\"status\":\"UP\"}");
        } else {
            answer(exchange, 503, "{\"status\":\"DOWN\",\"detail\":" + JSON.writeValueAsString(reason) + "}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            String type = text.startsWith("{") ? "application/json" : "text/plain; version=0.0.4; charset=utf-8";
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
