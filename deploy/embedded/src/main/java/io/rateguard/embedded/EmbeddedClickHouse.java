package io.rateguard.embedded;

import io.rateguard.embedded.clickhouse.ClickHouseMain;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ClickHouse engine in a JVM of its own, which speaks ClickHouse's HTTP protocol. */
public final class EmbeddedClickHouse extends EmbeddedPart {

    /** Of the engine's package. */
    public static final String VERSION = ClickHouseLibrary.VERSION;

    private static final String USER = "default";

    private final String password;
    private final JvmChild child;

    private EmbeddedClickHouse(Settings settings) {
        super("clickhouse", settings);
        password = dir.password(settings.password());
        child = new JvmChild(dir, settings);
    }

    /** Takes the folder and settles the ports, so that its address is known; starts nothing yet. */
    public static EmbeddedClickHouse in(Settings settings) {
        return new EmbeddedClickHouse(settings);
    }

    /** Starts the engine on its data; fetches it first where the cache does not have it. Returns when it answers. */
    public static EmbeddedClickHouse start(Settings settings) {
        EmbeddedClickHouse clickhouse = in(settings);
        clickhouse.startOrRelease();
        return clickhouse;
    }

    /** Access to the database {@code default}, which always exists. */
    public ClickHouseAccess access() {
        return new ClickHouseAccess("127.0.0.1", port, "default", USER, password);
    }

    @Override
    void prepare() throws IOException {
        child.prepare();
        Files.createDirectories(dir.resolve("data"));
        // Left to itself the engine would take most of the machine's memory.
        dir.write("config.xml", """
                <clickhouse>
                  <max_server_memory_usage>2147483648</max_server_memory_usage>
                  <mark_cache_size>67108864</mark_cache_size>
                  <index_mark_cache_size>16777216</index_mark_cache_size>
                  <uncompressed_cache_size>0</uncompressed_cache_size>
                  <mmap_cache_size>0</mmap_cache_size>
                  <timezone>UTC</timezone>
                </clickhouse>
                """);
    }

    @Override
    List<String> command() throws IOException {
        return child.command(
                List.of("-Xmx256m", "-Dsun.net.httpserver.nodelay=true"),
                ClickHouseMain.class.getName(),
                new ClickHouseLibrary(Cache.ofUser()).file().toString(),
                dir.resolve("data").toString(),
                dir.resolve("config.xml").toString(),
                Integer.toString(port),
                USER);
    }

    @Override
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(child.environment());
        environment.put(ClickHouseMain.PASSWORD_VARIABLE, password);
        return environment;
    }

    @Override
    boolean isReady() {
        return child.isReady(pid());
    }
}
