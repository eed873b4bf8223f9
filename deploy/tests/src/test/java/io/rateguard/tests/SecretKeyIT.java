package io.rateguard.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The secret key is rolled while requests go on: every one of them reaches its upstream with the right credential. */
class SecretKeyIT {

    private static final String CREDENTIAL = "the-credential-of-the-upstream";
    private static final String OLD = newKey();
    private static final String NEW = newKey();

    @TempDir
    private Path folder;

    private final Set<String> presented = ConcurrentHashMap.newKeySet();
    private final Set<Integer> statuses = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicBoolean isOver = new AtomicBoolean();

    @Test
    void isRolledWhileProxiesRun() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        // As if an earlier start had left them.
        Files.createFile(data.resolve("up.lock"));
        Files.writeString(data.resolve("secrets.json"), "{\"secretKey\":\"" + OLD + "," + NEW + "\"}");
        HttpServer upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        upstream.createContext("/", exchange -> {
            presented.add(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        upstream.start();
        try (RunningProduct product = RunningProduct.start(data)) {
            product.manage("POST", "/apis", """
                    {"slug":"ours","profile":"generic","baseUrl":"http://127.0.0.1:%d",
                     "auth":{"type":"bearer","secret":"%s"}}""".formatted(upstream.getAddress().getPort(), CREDENTIAL));
            String key = product.keys(1).getFirst();
            Thread load = Thread.ofVirtual().start(() -> sendUntilOver(product, key));
            awaitAnswers(product, 20);

            String before = keyOfOurs(product);

            String said = reseal(product);
            awaitAnswers(product, 20);
            isOver.set(true);
            load.join();
            product.killAndAwaitSuccessor("proxy");
            statuses.add(send(product, key));

            assertThat(said).containsPattern("api_credentials.sealed: [1-9]\\d* sealed anew");
            assertThat(keyOfOurs(product)).isNotEqualTo(before);
            assertThat(statuses).containsExactly(204);
            assertThat(presented).containsExactly("Bearer " + CREDENTIAL);
        } finally {
            upstream.stop(0);
        }
    }

    /** The id of the key that has sealed the credential. */
    private static String keyOfOurs(RunningProduct product) throws SQLException {
        try (Connection owner = DriverManager.getConnection(product.text("postgresUrl"));
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("SELECT sealed_with FROM api_credentials c"
                        + " JOIN apis a ON a.id = c.api_id WHERE a.slug = 'ours'")) {
            row.next();
            return row.getString(1);
        }
    }

    private void sendUntilOver(RunningProduct product, String key) {
        while (!isOver.get()) {
            statuses.add(send(product, key));
            answered.incrementAndGet();
        }
    }

    private static int send(RunningProduct product, String key) {
        return product.send(HttpRequest.newBuilder(URI.create(product.text("proxyUrl") + "/proxy/ours/things"))
                        .header("Authorization", "Bearer " + key)
                        .timeout(Duration.ofSeconds(20))
                        .build())
                .statusCode();
    }

    private void awaitAnswers(RunningProduct product, int more) {
        int enough = answered.get() + more;
        product.await("answers", Duration.ofSeconds(30), () -> answered.get() >= enough);
    }

    /** As its operator would, beside everything that runs. */
    private String reseal(RunningProduct product) {
        String url = product.text("postgresUrl");
        return new Command(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-jar",
                                Path.of(System.getProperty("rateguard.product"), "console", "console.jar")
                                        .toString(),
                                "reseal"),
                        folder,
                        Map.of(
                                "RATEGUARD_POSTGRES_URL",
                                url,
                                "RATEGUARD_POSTGRES_USER",
                                url.replaceAll(".*[?&]user=([^&]*).*", "$1"),
                                "RATEGUARD_POSTGRES_PASSWORD",
                                url.replaceAll(".*[?&]password=([^&]*).*", "$1"),
                                "RATEGUARD_SECRET_KEY",
                                NEW + "," + OLD))
                .run();
    }

    private static String newKey() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
