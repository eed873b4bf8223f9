package io.rateguard.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Redis with a password and an append-only file written out every second; it refuses writes rather than evicting. */
public final class EmbeddedRedis extends EmbeddedPart {

    /** Of the Redis server inside. */
    public static final String VERSION = "7.0.15";

    private static final String BINARY = "/redis-server-" + VERSION + "-linux-amd64";

    private final String password;

    private EmbeddedRedis(Settings settings) {
        super("redis", settings);
        password = dir.password(settings.password());
    }

    /** Takes the folder and settles the ports, so that its address is known; starts nothing yet. */
    public static EmbeddedRedis in(Settings settings) {
        return new EmbeddedRedis(settings);
    }

    /** Starts Redis on its data; returns when it answers, that is, when the data is loaded. */
    public static EmbeddedRedis start(Settings settings) {
        EmbeddedRedis redis = in(settings);
        redis.startOrRelease();
        return redis;
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
                """.formatted(
                        port, password, dir.resolve("data"), settings.durable() ? "everysec" : "no"));
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
