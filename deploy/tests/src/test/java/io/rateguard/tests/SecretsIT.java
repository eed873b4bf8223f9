package io.rateguard.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Secrets that were planted wherever one may be given, and those that the product made for itself, are found nowhere: not
 * in a log, an event, a metric, a stored row or an answer, neither as they are nor in a usual dress.
 */
class SecretsIT {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int SHORTEST = 12;

    @TempDir
    private Path folder;

    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final Map<String, String> places = new LinkedHashMap<>();
    private RunningProduct product;

    @Test
    void areFoundNowhere() throws Exception {
        Path data = folder.resolve("data");
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        receiver.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        receiver.start();
        try (RunningProduct running = RunningProduct.start(data)) {
            product = running;
            takeOwnSecrets(data);
            useApis();
            useKeys();
            useChannels("http://127.0.0.1:" + receiver.getAddress().getPort());
            signIn();
            collectEverything(data);

            assertThat(secrets).hasSizeGreaterThan(15);
            assertThat(places.keySet())
                    .anyMatch(place -> place.startsWith("log proxy"))
                    .anyMatch(place -> place.startsWith("metrics of alerts"))
                    .anyMatch(place -> place.startsWith("clickhouse requests"))
                    .anyMatch(place -> place.startsWith("postgres api_keys"))
                    .anyMatch(place -> place.startsWith("answer"));
            assertThat(places.get("answer to GET /apis")).contains("\"canary\"", "\"refuses\"");
            assertThat(places.get("answer to GET /channels")).contains("\"failing\"", "\"s\"");
            assertThat(found()).isEmpty();

            Path log = data.resolve("logs").resolve("proxy.log");
            Files.writeString(log, Files.readString(log) + "\n" + encoded(secrets.get("credential")));
            collectLogs(data);
            assertThat(found()).containsExactly("credential in log proxy.log");
        } finally {
            receiver.stop(0);
        }
    }

    private void takeOwnSecrets(Path data) throws IOException {
        Path file;
        try (Stream<Path> files = Files.walk(data)) {
            file = files.filter(each -> each.getFileName().toString().equals("secrets.json"))
                    .findFirst()
                    .orElseThrow();
        }
        for (Map.Entry<String, JsonNode> each :
                JSON.readTree(Files.readString(file)).properties()) {
            String value = each.getValue().asString();
            if (value.length() >= SHORTEST && !each.getKey().endsWith("Id")) {
                secrets.put("own " + each.getKey(), value);
            }
        }
        secrets.put("own admin password", product.text("adminPassword"));
    }

    /** Upstreams that work, that are not there, and that are named wrongly. */
    private void useApis() {
        String credential = plant("credential");
        String api = """
                {"slug":"%s","profile":"openai","baseUrl":"%s","auth":{"secret":"%s"}}""";
        ask("POST", "/apis", api.formatted("canary", "http://127.0.0.1:9", credential));
        ask("POST", "/apis", api.formatted("refuses", product.text("demoUpstreamUrl"), plant("wrong credential")));
        ask("POST", "/apis", api.formatted("Wrong Slug", "http://127.0.0.1:9", plant("credential of a wrong API")));
        ask("POST", "/apis", api.formatted("canary", "http://127.0.0.1:9", plant("credential of a double")));
        ask("POST", "/apis", "{\"slug\":\"x\",\"credentials\":\"" + plant("credential in a wrong place") + "\"}");
        ask("POST", "/apis", "{\"slug\":\"x\",\"credentials\":[{\"secret\":\"" + plant("credential in broken JSON"));
        ask("GET", "/apis", "");
        ask("GET", "/apis/canary", "");
        String key = product.keys(1).getFirst();
        for (String slug : List.of("canary", "refuses", "demo")) {
            chat(slug, Map.of("Authorization", "Bearer " + key));
        }
        secrets.put("key", key);
    }

    /** Keys that work, that do not, and that stand where none belongs. */
    private void useKeys() {
        String key = secrets.get("key");
        String foreign = plant("key of another shop");
        String mistyped = key.substring(0, key.length() - 2) + "zz";
        secrets.put("mistyped key", mistyped);
        chat("demo", Map.of("Authorization", "Bearer " + foreign));
        chat("demo", Map.of("Authorization", "Basic " + base64("user:" + foreign)));
        chat("demo", Map.of("x-api-key", mistyped));
        chat("nowhere", Map.of("x-api-key", key));
        chat("demo", Map.of("Authorization", "Bearer " + key, "X-RateGuard-Tag-x", "a b", "X-Upstream-Token", foreign));
        said(
                "answer of the proxy to a key in the query",
                HttpRequest.newBuilder(URI.create(product.text("proxyUrl") + "/proxy/demo/v1/models?key=" + key)));
        said(
                "answer of the proxy to a wrong key in the query",
                HttpRequest.newBuilder(URI.create(product.text("proxyUrl") + "/proxy/demo/v1/models?key=" + foreign)));
        JsonNode made = JSON.readTree(ask("POST", "/keys", "{\"name\":\"rotated\"}", true));
        secrets.put("rotated key", made.path("secret").asString());
        JsonNode successor = JSON.readTree(
                ask("POST", "/keys/" + made.path("id").asString() + "/rotate", "{\"graceSeconds\":3600}", true));
        secrets.put("successor of a key", successor.path("secret").asString());
        ask("GET", "/keys", "");
        ask("POST", "/keys", "{\"name\":\"x\",\"secret\":\"" + plant("secret of one's own") + "\"}");
        said(
                "answer of the console to a wrong token",
                HttpRequest.newBuilder(URI.create(product.text("consoleUrl") + "/api/v1/workspaces/"
                                + product.text("workspace") + "/keys"))
                        .header("Authorization", "Bearer " + plant("token")));
    }

    /** Channels that fail, that are refused, and that are tested. */
    private void useChannels(String receiver) {
        String webhook = """
                {"name":"%s","type":"webhook","target":{"url":"%s","secret":"%s"}}""";
        String made = ask(
                "POST",
                "/channels",
                webhook.formatted("failing", receiver + "/" + plant("webhook path"), plant("webhook secret")));
        String id = JSON.readTree(made).path("id").asString();
        ask("POST", "/channels/" + id + "/test", "");
        product.await(
                "the failed delivery",
                Duration.ofSeconds(30),
                () -> ask("GET", "/channels/" + id + "/deliveries", "").contains("500"));
        ask("POST", "/channels", webhook.formatted("refused", "http://10.1.2.3/" + plant("path refused"), "short"));
        ask("POST", "/channels", webhook.formatted("", "no address " + plant("no address"), plant("another secret")));
        ask(
                "POST",
                "/channels",
                "{\"name\":\"s\",\"type\":\"slack\",\"target\":{\"webhookUrl\":\"" + receiver + "/services/"
                        + plant("slack path") + "\"}}");
        ask("GET", "/channels", "");
        ask("GET", "/channels/" + id, "");
    }

    private void signIn() {
        said(
                "answer of the console to a sign-in",
                HttpRequest.newBuilder(URI.create(product.text("consoleUrl") + "/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "username=admin%40rateguard.test&password=" + plant("password"))));
    }

    private void collectEverything(Path data) throws Exception {
        product.await(
                "the events", Duration.ofSeconds(30), () -> product.requests().size() >= 4);
        places.put("answer with all requests", product.requests().toString());
        for (String part : product.ready().path("managementUrls").propertyNames()) {
            URI metrics =
                    URI.create(product.ready().path("managementUrls").path(part).asString() + "/metrics");
            said("metrics of " + part, HttpRequest.newBuilder(metrics));
        }
        collectLogs(data);
        collectPostgres();
        collectClickHouse();
    }

    private void collectLogs(Path data) throws IOException {
        try (Stream<Path> logs = Files.list(data.resolve("logs"))) {
            for (Path log : logs.toList()) {
                places.put("log " + log.getFileName(), Files.readString(log, StandardCharsets.ISO_8859_1));
            }
        }
    }

    /** What the database holds is sealed or hashed, whoever gets hold of a copy. */
    private void collectPostgres() throws SQLException {
        try (Connection connection = DriverManager.getConnection(product.text("postgresUrl"));
                Statement tables = connection.createStatement();
                ResultSet table = tables.executeQuery(
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
                                + " AND table_type = 'BASE TABLE'")) {
            while (table.next()) {
                String name = table.getString(1);
                StringBuilder rows = new StringBuilder();
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("SELECT t::text FROM \"" + name + "\" t")) {
                    while (row.next()) {
                        rows.append(row.getString(1)).append('\n');
                    }
                }
                places.put("postgres " + name, rows.toString());
            }
        }
    }

    private void collectClickHouse() {
        for (String table : clickHouse("SHOW TABLES").split("\n")) {
            places.put("clickhouse " + table, clickHouse("SELECT * FROM `" + table + "` FORMAT JSONEachRow"));
        }
    }

    private String clickHouse(String query) {
        URI uri = URI.create(product.text("clickhouseUrl"));
        String user = uri.getRawUserInfo();
        URI bare = URI.create(uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort() + uri.getRawPath()
                + "?database=rateguard" + (uri.getRawQuery() == null ? "" : "&" + uri.getRawQuery()));
        HttpRequest.Builder request = HttpRequest.newBuilder(bare).POST(HttpRequest.BodyPublishers.ofString(query));
        if (user != null) {
            request.header("Authorization", "Basic " + base64(user));
        }
        HttpResponse<String> response = send(request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    /** Which secret is where. */
    private List<String> found() {
        List<String> found = new ArrayList<>();
        secrets.forEach((name, secret) -> places.forEach((place, text) -> {
            if (Stream.of(secret, base64(secret), base64(":" + secret), encoded(secret))
                    .anyMatch(dress -> text.contains(dress.replace("=", "")))) {
                found.add(name + " in " + place);
            }
        }));
        return found;
    }

    private String plant(String where) {
        String secret = "canary/" + UUID.randomUUID();
        secrets.put(where, secret);
        return secret;
    }

    private String ask(String method, String path, String body) {
        return ask(method, path, body, false);
    }

    /** Calls the management API; what it answers is looked through, unless it shows a new secret this once. */
    private String ask(String method, String path, String body, boolean showsSecret) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        product.text("consoleUrl") + "/api/v1/workspaces/" + product.text("workspace") + path))
                .header("Authorization", "Bearer " + product.text("managementToken"));
        request = body.isEmpty()
                ? request.method(method, HttpRequest.BodyPublishers.noBody())
                : request.header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<String> response = send(request);
        if (!showsSecret) {
            keep("answer to " + method + " " + path, response);
        }
        return response.body();
    }

    private void chat(String api, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(product.text("proxyUrl") + "/proxy/" + api + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(
                        HttpRequest.BodyPublishers.ofString(
                                "{\"model\":\"demo-small\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"));
        headers.forEach(request::header);
        said("answer of the proxy on " + api + " to " + headers.keySet(), request);
    }

    private void said(String place, HttpRequest.Builder request) {
        keep(place, send(request));
    }

    private void keep(String place, HttpResponse<String> response) {
        assertThat(response.statusCode()).as(place).isNotEqualTo(500);
        places.merge(place, response.headers().map() + "\n" + response.body(), String::concat);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return product.http()
                    .send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
