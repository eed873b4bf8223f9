package io.rateguard.bench;

import io.rateguard.bed.Database;
import io.rateguard.bed.EventsTopic;
import io.rateguard.bed.FollowingMain;
import io.rateguard.bed.Jvm;
import io.rateguard.bed.Running;
import io.rateguard.bed.Service;
import io.rateguard.bed.ServiceSettings;
import io.rateguard.bench.contender.BareProxy;
import io.rateguard.bench.contender.FixedUpstream;
import io.rateguard.bench.load.LoadMain;
import io.rateguard.bench.load.Order;
import io.rateguard.embedded.EmbeddedKafka;
import io.rateguard.embedded.EmbeddedPostgres;
import io.rateguard.embedded.EmbeddedRedis;
import io.rateguard.embedded.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** All processes of the comparison, on loopback, in a folder of their own. */
final class Bed implements AutoCloseable {

    private final Running running = new Running();
    private final Path logs;
    private final EmbeddedRedis redis;
    private final EmbeddedKafka kafka;
    private final String callerKey;
    private final Jvm upstream;
    private final Jvm load;
    private final Service rateguard;
    private final List<Contender> contenders = new ArrayList<>();
    private final Map<String, Allocations> allocations = new HashMap<>();

    /** @param earlierJar another build of RateGuard to compare with */
    Bed(Path folder, Path proxyJar, @Nullable Path earlierJar) throws IOException, InterruptedException {
        try {
            logs = Files.createDirectories(folder.resolve("logs"));
            Settings parts = Settings.in(folder.resolve("data"));
            EmbeddedPostgres postgres = running.keep(EmbeddedPostgres.start(parts));
            redis = running.keep(EmbeddedRedis.start(parts));
            kafka = running.keep(EmbeddedKafka.start(parts));
            EventsTopic.create(kafka.access().bootstrapServers());
            upstream = child("upstream", FixedUpstream.class, List.of());
            int upstreamPort = Integer.parseInt(upstream.line());
            Jvm bare = child("bare", BareProxy.class, List.of(Integer.toString(upstreamPort)));
            int barePort = Integer.parseInt(bare.line());
            load = running.keep(Jvm.speaking("load", List.of(LoadMain.class.getName()), log("load")));
            Database database =
                    Database.create(postgres.access(), UUID.randomUUID().toString());
            callerKey = Rules.create(database, redis.access().url(), upstreamPort);
            contenders.add(new Contender("direct", upstreamPort, "/v1/chat/completions", upstream.pid()));
            contenders.add(new Contender(Contender.BARE, barePort, "/v1/chat/completions", bare.pid()));
            if (earlierJar != null) {
                contenders.add(contender(Contender.EARLIER, startProxy("earlier", database, earlierJar, folder)));
            }
            rateguard = startProxy("rateguard", database, proxyJar, folder);
            contenders.add(contender(Contender.RATEGUARD, rateguard));
            for (Contender proxy : contenders.subList(1, contenders.size())) {
                allocations.put(proxy.name(), running.keep(Allocations.of(proxy.pid())));
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
                callerKey,
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
            for (int partition = 0; partition < EventsTopic.PARTITIONS; partition++) {
                ends.put(new TopicPartition(EventsTopic.NAME, partition), OffsetSpec.latest());
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
        running.close();
    }

    private Contender contender(String name, Service proxy) {
        return new Contender(name, proxy.port(), "/proxy/openai/v1/chat/completions", proxy.pid());
    }

    private Service startProxy(String name, Database database, Path jar, Path folder) {
        Map<String, String> environment = new ServiceSettings(
                        database, redis.access().url(), kafka.access().bootstrapServers())
                .proxy();
        // A busy machine is to show as latency, not as refusals.
        environment.put("RATEGUARD_REDIS_DEADLINE", "1s");
        Service.Program program = new Service.Program(jar, "io.rateguard.proxy.ProxyMain");
        return running.keep(new Service(name, program, environment, folder.resolve(name)));
    }

    private Jvm child(String name, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(FollowingMain.class.getName(), main.getName()));
        command.addAll(arguments);
        return running.keep(Jvm.speaking(name, command, log(name)));
    }

    private Path log(String name) {
        return logs.resolve(name + ".log");
    }
}
