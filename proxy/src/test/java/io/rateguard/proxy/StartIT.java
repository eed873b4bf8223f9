package io.rateguard.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.counters.CountersSettings;
import io.rateguard.embedded.fixture.Services;
import io.rateguard.proxy.journal.JournalSettings;
import io.rateguard.proxy.policy.PolicySettings;
import io.rateguard.proxy.testbed.Gate;
import io.rateguard.proxy.testbed.TestBed;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proxy that starts: told plainly what is wrong, and ready by itself whichever part comes last. */
class StartIT {

    @TempDir
    private Path temp;

    @Test
    void whatIsMissingOrWrongIsNamedAndEndsTheProcess() throws Exception {
        refuses("RATEGUARD_REDIS_URL: not set", Map.of("RATEGUARD_REDIS_URL", ""));
        refuses("RATEGUARD_SECRET_KEY", Map.of("RATEGUARD_SECRET_KEY", "tooShortToBeAKey"));
        refuses(
                "(expected: redis://host:port, rediss://host:port, or redis+cluster://host:port,host:port)",
                Map.of("RATEGUARD_REDIS_URL", "localhost"));
        try (ServerSocket taken = new ServerSocket(0)) {
            refuses(
                    "port " + taken.getLocalPort() + " of 0.0.0.0 cannot be listened on",
                    Map.of("RATEGUARD_PROXY_PORT", Integer.toString(taken.getLocalPort())));
            refuses(
                    "port " + taken.getLocalPort() + " of 127.0.0.1 cannot be listened on",
                    Map.of("RATEGUARD_MANAGEMENT_PORT", Integer.toString(taken.getLocalPort())));
        }
    }

    @Test
    void becomesReadyByItselfWhicheverPartComesLast() throws Exception {
        try (TestBed bed = TestBed.start();
                Gate postgres = new Gate();
                Gate redis = new Gate();
                Gate kafka = new Gate();
                Proxy proxy = Proxy.start(behind(bed.settings(), postgres, redis, kafka))) {
            assertThat(ManagementPort.ready(proxy)).isEqualTo("503 PostgreSQL: away");

            postgres.openTo(bed.database().access().port());
            until(proxy, "503 Redis: away");
            redis.openTo(URI.create(Services.redis().access().url()).getPort());
            until(proxy, "200 ready");

            var key = bed.key();
            HttpURLConnection call =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + proxy.port() + "/proxy/demo/v1/models")
                            .toURL()
                            .openConnection();
            call.setRequestProperty("Authorization", "Bearer " + key.secret());
            assertThat(call.getResponseCode()).isEqualTo(200);

            String bootstrap = Services.kafka().bootstrapServers();
            kafka.openTo(Integer.parseInt(bootstrap.substring(bootstrap.lastIndexOf(':') + 1)));
            assertThat(bed.events()
                            .of(call.getHeaderField("X-RateGuard-Request-Id"))
                            .verdict()
                            .status())
                    .isEqualTo(200);
        }
    }

    private ProxySettings behind(ProxySettings it, Gate postgres, Gate redis, Gate kafka) {
        PolicySettings policy = it.policy();
        CountersSettings counters = it.counters();
        Map<String, Object> producer = new HashMap<>(it.kafka());
        producer.put("bootstrap.servers", "127.0.0.1:" + kafka.port());
        return TestBed.with(
                it,
                new PolicySettings(
                        policy.url().replaceFirst(":\\d+/", ":" + postgres.port() + "/"),
                        null,
                        policy.user(),
                        policy.password(),
                        policy.secretKey(),
                        policy.maxStale(),
                        policy.cachedKeys()),
                new CountersSettings(
                        counters.url().replaceFirst(":\\d+(/.*)?$", ":" + redis.port()),
                        counters.deadline(),
                        counters.inFlight(),
                        counters.admissionWait(),
                        counters.holdLife()),
                JournalSettings.defaults(temp.resolve("journal"), it.eventLoops()),
                producer);
    }

    private void refuses(String message, Map<String, String> wrong) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        ProxyMain.class.getName())
                .redirectErrorStream(true)
                .directory(temp.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("RATEGUARD_"));
        environment.put("CLASSPATH", classPathOfTheService());
        environment.put("RATEGUARD_PROXY_PORT", "0");
        environment.put("RATEGUARD_MANAGEMENT_PORT", "0");
        environment.put("RATEGUARD_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:1/x");
        environment.put("RATEGUARD_REDIS_URL", Services.redis().access().url());
        environment.put("RATEGUARD_KAFKA_BOOTSTRAP", "127.0.0.1:1");
        environment.put("RATEGUARD_SECRET_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        environment.putAll(wrong);
        Process process = builder.start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(said).isTrue();
            assertThat(process.exitValue()).as(said).isNotZero();
            assertThat(said).contains(message).doesNotContain("\tat ", "tooShortToBeAKey", "AAAAAAAAAAAAAAAA");
        } finally {
            process.destroyForcibly();
        }
    }

    /** Without the logging of the tests. */
    private static String classPathOfTheService() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void until(Proxy proxy, String answer) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        String said = ManagementPort.ready(proxy);
        while (!said.equals(answer)) {
            assertThat(System.nanoTime()).as(said).isLessThan(end);
            LockSupport.parkNanos(10_000_000);
            said = ManagementPort.ready(proxy);
        }
    }
}
