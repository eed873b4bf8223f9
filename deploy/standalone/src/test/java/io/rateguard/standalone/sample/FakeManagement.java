package io.rateguard.standalone.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** As much of the management API as a workspace is made with: it keeps what is created, each with an id. */
public final class FakeManagement implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String WORKSPACE = "/api/v1/workspaces/sample";

    private final HttpServer server;
    private final Map<String, List<ObjectNode>> lists = new TreeMap<>();
    private int createsBeforeItFails = Integer.MAX_VALUE;

    public FakeManagement() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext(WORKSPACE, this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public synchronized List<ObjectNode> list(String name) {
        return List.copyOf(lists.getOrDefault(name, List.of()));
    }

    /** From then on, it answers 503 to whoever creates something. */
    synchronized void failAfterCreating(int more) {
        createsBeforeItFails = more;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI()
                .getPath()
                .substring(WORKSPACE.length())
                .replaceFirst("^/", "")
                .split("/");
        switch (exchange.getRequestMethod()) {
            case "POST" -> create(exchange, path[0]);
            case "DELETE" -> {
                lists.get(path[0]).removeIf(item -> isNamed(item, path[1]));
                reply(exchange, 204, "");
            }
            default -> read(exchange, path);
        }
    }

    private void create(HttpExchange exchange, String list) throws IOException {
        if (createsBeforeItFails-- <= 0) {
            reply(exchange, 503, "not now");
            return;
        }
        ObjectNode made = (ObjectNode) JSON.readTree(exchange.getRequestBody());
        made.put("id", UUID.randomUUID().toString());
        lists.computeIfAbsent(list, name -> new ArrayList<>()).add(made);
        reply(exchange, 201, made.toString());
    }

    private void read(HttpExchange exchange, String[] path) throws IOException {
        if (path[0].isEmpty()) {
            reply(exchange, 200, "{\"id\": \"" + new UUID(0, 1) + "\"}");
        } else if (path.length == 1) {
            ObjectNode page = JSON.createObjectNode();
            lists.getOrDefault(path[0], List.of()).forEach(page.putArray("items")::add);
            reply(exchange, 200, page.toString());
        } else {
            Optional<ObjectNode> found = lists.getOrDefault(path[0], List.of()).stream()
                    .filter(item -> isNamed(item, path[1]))
                    .findFirst();
            reply(
                    exchange,
                    found.isPresent() ? 200 : 404,
                    found.map(ObjectNode::toString).orElse(""));
        }
    }

    private static boolean isNamed(ObjectNode item, String slugOrId) {
        return item.path("slug").asString("").equals(slugOrId)
                || item.path("id").asString().equals(slugOrId);
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
