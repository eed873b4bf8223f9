package io.rateguard.bench;

import io.rateguard.bench.child.FollowingMain;
import io.rateguard.bench.child.Jvm;
import io.rateguard.bench.contender.BareProxy;
import io.rateguard.bench.contender.FixedUpstream;
import io.rateguard.bench.load.LoadMain;
import io.rateguard.bench.load.Order;
import io.rateguard.embedded.EmbeddedKafka;
import io.rateguard.embedded.EmbeddedPostgres;
import io.rateguard.embedded.EmbeddedRedis;
import io.rateguard.embedded.PostgresAccess;
import io.rateguard.embedded.Settings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** All processes of the comparison, on loopback, in a folder of their own. */
final class Bed implements AutoCloseable {

    private static final String TOPIC = "api-events";
    private static final int PARTITIONS = 8;

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Path logs;
    private final EmbeddedRedis redis;
    private final EmbeddedKafka kafka;
    private final Rules rules;
    private final Jvm upstream;
    private final Jvm load;
    private final Jvm rateguard;
    private final List<Contender> contenders = new ArrayList<>();
    private final Map<String, Allocations> allocations = new HashMap<>();

    /** @param earlierJar another build of RateGuard to compare with */
    Bed(Path folder, Path proxyJar, @Nullable Path earlierJar) throws IOException, InterruptedException {
        try {
            logs = Files.createDirectories(folder.resolve("logs"));
            Settings parts = Settings.in(folder.resolve("data"));
            EmbeddedPostgres postgres = keep(EmbeddedPostgres.start(parts));
            redis = keep(EmbeddedRedis.start(parts));
            kafka = keep(EmbeddedKafka.start(parts));
            createTopic();
            upstream = child("upstream", FixedUpstream.class, List.of());
            int upstreamPort = Integer.parseInt(upstream.line());
            Jvm bare = child("bare", BareProxy.class, List.of(Integer.toString(upstreamPort)));
            int barePort = Integer.parseInt(bare.line());
            load = keep(Jvm.speaking("load", List.of(LoadMain.class.getName()), log("load")));
            rules = Rules.create(postgres.access(), redis.access().url(), secret(true), secret(false), upstreamPort);
            contenders.add(new Contender("direct", upstreamPort, "/v1/chat/completions", upstream.pid()));
            contenders.add(new Contender(Contender.BARE, barePort, "/v1/chat/completions", bare.pid()));
            if (earlierJar != null) {
                Jvm earlier = keep(startProxy("earlier", postgres.access(), earlierJar, folder));
                contenders.add(rateguard(Contender.EARLIER, earlier, folder.resolve("earlier-port")));
            }
            rateguard = keep(startProxy("rateguard", postgres.access(), proxyJar, folder));
            contenders.add(rateguard(Contender.RATEGUARD, rateguard, folder.resolve("rateguard-port")));
            for (Contender proxy : contenders.subList(1, contenders.size())) {
                allocations.put(proxy.name(), keep(Allocations.of(proxy.pid())));
            }
        } catch (IOException | InterruptedException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    List<Contender> contenders() {
        return contenders;
    }

    Jvm load() {
        return load;
    }

    /** A closed loop of streams. */
    Order streams(Contender contender, int connections, long warmMillis, long measuredMillis) {
        return order(contender, true, connections, 0, warmMillis, measuredMillis);
    }

    Order order(Contender contender, int connections, double perSecond, long warmMillis, long measuredMillis) {
        return order(contender, false, connections, perSecond, warmMillis, measuredMillis);
    }

    private Order order(
            Contender contender,
            boolean streamed,
            int connections,
            double perSecond,
            long warmMillis,
            long measuredMillis) {
        return new Order(
                contender.port(),
                contender.path(),
                rules.callerKey(),
                streamed,
                connections,
                perSecond,
                warmMillis,
                measuredMillis);
    }

    /** Bytes that the proxy's event loops have allocated since they began; 0 where there is no proxy. */
    long allocated(Contender contender) {
        Allocations known = allocations.get(contender.name());
        return known == null ? 0 : known.bytes();
    }

    /** The processes whose work a round is charged with; the proxy, or the upstream where there is none, first. */
    Map<String, Long> processes(Contender contender) {
        Map<String, Long> pids = new LinkedHashMap<>();
        pids.put(Comparison.PROXY, contender.pid());
        pids.put("upstream", upstream.pid());
        pids.put("load", load.pid());
        pids.put("redis", redis.pid());
        pids.put("kafka", kafka.pid());
        return pids;
    }

    /** Stops RateGuard, which ships its journal, and counts the events that Kafka then has. */
    long stopAndCountEvents() throws InterruptedException {
        rateguard.close();
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", kafka.access().bootstrapServers()))) {
            Map<TopicPartition, OffsetSpec> ends = new LinkedHashMap<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                ends.put(new TopicPartition(TOPIC, partition), OffsetSpec.latest());
            }
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
                    .sum();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("Kafka does not tell its offsets", failure);
        }
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception failure) {
                System.err.println("not stopped cleanly: " + failure);
            }
        }
    }

    private Contender rateguard(String name, Jvm proxy, Path portFile) throws IOException, InterruptedException {
        return new Contender(name, awaitPort(proxy, portFile), "/proxy/openai/v1/chat/completions", proxy.pid());
    }

    private Jvm startProxy(String name, PostgresAccess postgres, Path jar, Path folder) {
        Map<String, String> environment = Map.ofEntries(
                Map.entry("RATEGUARD_POSTGRES_URL", postgres.jdbcUrl()),
                Map.entry("RATEGUARD_POSTGRES_USER", "rateguard_proxy"),
                Map.entry("RATEGUARD_POSTGRES_PASSWORD", rules.proxyPassword()),
                Map.entry("RATEGUARD_SECRET_KEY", rules.secretKey()),
                Map.entry("RATEGUARD_REDIS_URL", redis.access().url()),
                // A busy machine is to show as latency, not as refusals.
                Map.entry("RATEGUARD_REDIS_DEADLINE", "1s"),
                Map.entry("RATEGUARD_KAFKA_BOOTSTRAP", kafka.access().bootstrapServers()),
                Map.entry(
                        "RATEGUARD_JOURNAL_DIRECTORY",
                        folder.resolve(name + "-journal").toString()),
                Map.entry("RATEGUARD_PROXY_HOST", "127.0.0.1"),
                Map.entry("RATEGUARD_PROXY_PORT", "0"),
                Map.entry(
                        "RATEGUARD_PROXY_PORT_FILE",
                        folder.resolve(name + "-port").toString()),
                Map.entry("RATEGUARD_MANAGEMENT_PORT", "0"),
                Map.entry("RATEGUARD_UPSTREAM_ALLOW", "127.0.0.0/8"));
        String classPath = jar + File.pathSeparator + ownJar();
        return Jvm.silent(
                name,
                classPath,
                List.of(FollowingMain.class.getName(), "io.rateguard.proxy.ProxyMain"),
                environment,
                log(name));
    }

    private int awaitPort(Jvm proxy, Path file) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!Files.exists(file) || Files.size(file) == 0) {
            if (!proxy.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("RateGuard is not ready; see " + logs);
            }
            Thread.sleep(50);
        }
        return Integer.parseInt(Files.readString(file).strip());
    }

    private Jvm child(String name, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(FollowingMain.class.getName(), main.getName()));
        command.addAll(arguments);
        return keep(Jvm.speaking(name, command, log(name)));
    }

    private void createTopic() throws InterruptedException {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", kafka.access().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the topic " + TOPIC + " cannot be created", failure);
        }
    }

    private Path log(String name) {
        return logs.resolve(name + ".log");
    }

    private <C extends AutoCloseable> C keep(C part) {
        running.push(part);
        return part;
    }

    /** The jar with this module's classes alone: what stands beside the proxy's own class path. */
    private static String ownJar() {
        return Path.of(Bed.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
    }

    private static String secret(boolean base64) {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return base64
                ? Base64.getEncoder().encodeToString(bytes)
                : HexFormat.of().formatHex(bytes);
    }
}
