package io.rateguard.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Redis with a password and an append-only file written out every second; it refuses writes rather than evicting. */
public final class EmbeddedRedis extends EmbeddedPart {

    /** Of the Redis server inside. */
    public static final String VERSION = "7.0.15";

    private static final String BINARY = "/redis-server-" + VERSION + "-linux-amd64";

    private final String password;
    private final int busPort;

    private EmbeddedRedis(Settings settings, int busPort) {
        super("redis", settings);
        this.busPort = busPort;
        password = dir.password(settings.password());
    }

    /** Takes the folder and settles the ports, so that its address is known; starts nothing yet. */
    public static EmbeddedRedis in(Settings settings) {
        return new EmbeddedRedis(settings, 0);
    }

    /** One that can become a node of a cluster. */
    static EmbeddedRedis startNode(Settings settings) {
        EmbeddedRedis redis = new EmbeddedRedis(settings, Ports.claimFree());
        redis.startOrRelease();
        return redis;
    }

    /** Where nodes of a cluster talk to each other; 0 for one that is none. */
    int busPort() {
        return busPort;
    }

    /** Starts Redis on its data; returns when it answers, that is, when the data is loaded. */
    public static EmbeddedRedis start(Settings settings) {
        EmbeddedRedis redis = in(settings);
        redis.startOrRelease();
        return redis;
    }

    /** Forgets all that it has, as an operator could make it. */
    public void flush() {
        try (RedisLine line = new RedisLine(access())) {
            String reply = line.call("FLUSHALL");
            if (!reply.equals("+OK")) {
                throw new EmbeddedPartException("redis: FLUSHALL: " + reply);
            }
        } catch (IOException failure) {
            throw new EmbeddedPartException("redis: " + failure.getMessage(), failure);
        }
    }

    /** Starts one that has never been there, in place of one that is stopped or killed. */
    public void startEmpty() {
        if (isRunning()) {
            throw new IllegalStateException("redis is running (expected: stopped or killed)");
        }
        try (Stream<Path> files = Files.walk(dir.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new EmbeddedPartException("redis: " + failure.getMessage(), failure);
        }
        start();
    }

    public RedisAccess access() {
        return new RedisAccess("127.0.0.1", port, password);
    }

    @Override
    void prepare() throws IOException {
        Files.createDirectories(dir.resolve("data"));
        dir.write("redis.conf", """
                bind 127.0.0.1
                port %s
                requirepass %s
                dir "%s"
                daemonize no
                appendonly yes
                appendfsync %s
                save ""
                maxmemory-policy noeviction
                %s""".formatted(
                        port, password, dir.resolve("data"), settings.durable() ? "everysec" : "no", clusterLines()));
    }

    private String clusterLines() {
        return busPort == 0 ? "" : """
                cluster-enabled yes
                cluster-port %s
                cluster-node-timeout 3000
                masterauth %s
                """.formatted(busPort, password);
    }

    @Override
    List<String> command() throws IOException {
        Cache.Resource binary = Cache.Resource.of(BINARY);
        Path folder = Cache.ofUser().folder("redis-" + binary.shortDigest(), target -> {
            Path server = target.resolve("redis-server");
            Files.write(server, binary.bytes());
            server.toFile().setExecutable(true, false);
        });
        return List.of(
                folder.resolve("redis-server").toString(),
                dir.resolve("redis.conf").toString());
    }

    @Override
    Map<String, String> environment() {
        return Map.of("TZ", "UTC");
    }

    @Override
    boolean isReady() {
        try (RedisLine line = new RedisLine(access())) {
            return line.call("PING").equals("+PONG");
        } catch (IOException notYet) {
            return false;
        }
    }
}
