package io.rateguard.alerts.testbed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes webhooks, apart by path, and answers with what it was told to; it repeats the address, as some receivers do. */
public final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, List<Received>> received = new ConcurrentHashMap<>();
    private final Map<String, Queue<Integer>> answers = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> slow = new ConcurrentHashMap<>();

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
    }

    /** Answers the next ones with these, then 200. */
    public void answer(String path, Integer... statuses) {
        answers.put("/" + path, new ConcurrentLinkedQueue<>(List.of(statuses)));
    }

    /** Answers only once it is counted down. */
    public CountDownLatch hold(String path) {
        CountDownLatch answering = new CountDownLatch(1);
        slow.put("/" + path, answering);
        return answering;
    }

    public List<Received> received(String path) {
        return List.copyOf(received.getOrDefault("/" + path, List.of()));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Queue<Integer> planned = answers.get(path);
            Integer status = planned == null ? null : planned.poll();
            int answered = status == null ? 200 : status;
            String url = url(path.substring(1));
            received.computeIfAbsent(path, first -> new CopyOnWriteArrayList<>())
                    .add(new Received(
                            exchange.getRequestHeaders().getFirst("X-RateGuard-Event-Id"),
                            exchange.getRequestHeaders().getFirst("X-RateGuard-Timestamp"),
                            exchange.getRequestHeaders().getFirst("X-RateGuard-Signature"),
                            body,
                            answered));
            awaitAnswering(path);
            exchange.getResponseHeaders().set("Location", url("elsewhere"));
            byte[] said = ("heard at " + url).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answered, said.length);
            exchange.getResponseBody().write(said);
        }
    }

    private void awaitAnswering(String path) {
        try {
            slow.getOrDefault(path, new CountDownLatch(0)).await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** One message and how it was answered. */
    public record Received(
            String eventId,
            @Nullable String timestamp,
            @Nullable String signature,
            String text,
            int answered) {

        public JsonNode body() {
            return JsonMapper.shared().readTree(text);
        }
    }
}
