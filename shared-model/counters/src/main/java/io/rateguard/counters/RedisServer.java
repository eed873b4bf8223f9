package io.rateguard.counters;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.FunctionMode;
import org.redisson.api.FunctionResult;
import org.redisson.api.RFunction;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.OptionalOptions;
import org.redisson.api.redisnode.RedisClusterMaster;
import org.redisson.api.redisnode.RedisNode.InfoSection;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.client.RedisException;
import org.redisson.client.RedisTimeoutException;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import org.redisson.config.ReadMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Redis that counts, or the cluster of them. A server that cannot be reached at start is sought in the background;
 * one that goes away later is found again by the client. Until then calls fail at once.
 */
final class RedisServer implements ScriptServer, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisServer.class);
    private static final int CONNECTIONS = 2;
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final Duration RECONNECT_DELAY = Duration.ofMillis(200);
    private static final long SEEK_EVERY_MILLIS = 500;
    private static final int CLUSTER_SCAN_MILLIS = 1_000;

    private final ScriptLibrary library = ScriptLibrary.OURS;
    private final RedisAddress address;
    private final Config config;
    private final OptionalOptions scripts;
    private final ScheduledExecutorService seeker;
    private volatile @Nullable RedissonClient client;
    private volatile boolean closed;
    private String lastComplaint = "";

    private RedisServer(CountersSettings settings) {
        address = RedisAddress.of(settings.url());
        config = configFor(address);
        scripts = OptionalOptions.defaults()
                .codec(TextCodec.INSTANCE)
                .timeout(settings.deadline())
                .retryAttempts(0);
        seeker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("counters-connect").factory());
    }

    static RedisServer connect(CountersSettings settings) {
        RedisServer server = new RedisServer(settings);
        try {
            server.connectNow();
        } catch (RedisException unreachable) {
            LOG.warn("Redis at {} cannot be reached yet ({}); trying on", server.address, reason(unreachable));
            server.seekLater();
        } catch (RuntimeException unfit) {
            server.close();
            throw unfit;
        }
        return server;
    }

    @Override
    public CompletionStage<List<Object>> run(ScriptCall call) {
        RFunction functions = connected().getFunction(scripts);
        return functions.callAsync(
                (String) call.keys().getFirst(),
                FunctionMode.WRITE,
                library.function(call.script()),
                FunctionResult.LIST,
                call.keys(),
                call.arguments().toArray());
    }

    @Override
    public CompletionStage<Void> load() {
        return connected().getFunction(scripts).loadAsync(library.name(), library.code());
    }

    /** The runs of the servers that count, now that they are asked; of a single one none, since it hands nothing over. */
    CompletionStage<Set<String>> runs() {
        if (!address.cluster()) {
            return CompletableFuture.completedStage(Set.of());
        }
        CompletionStage<Set<String>> runs = CompletableFuture.completedStage(Set.of());
        for (RedisClusterMaster master :
                connected().getRedisNodes(RedisNodes.CLUSTER).getMasters()) {
            // One that was demoted may still be listed as a master for a moment.
            CompletionStage<String> run = master.infoAsync(InfoSection.SERVER)
                    .thenCombine(
                            master.infoAsync(InfoSection.REPLICATION),
                            (server, replication) ->
                                    "master".equals(replication.get("role")) ? server.getOrDefault("run_id", "") : "")
                    .exceptionally(away -> "");
            runs = runs.thenCombine(run, RedisServer::with);
        }
        return runs;
    }

    private static Set<String> with(Set<String> some, String more) {
        Set<String> all = new HashSet<>(some);
        all.add(more);
        return all;
    }

    @Override
    public void close() {
        closed = true;
        seeker.shutdownNow();
        RedissonClient current = client;
        if (current != null) {
            current.shutdown(0, 2, TimeUnit.SECONDS);
        }
    }

    private RedissonClient connected() {
        RedissonClient current = client;
        if (current == null) {
            throw new CountersUnavailable("Redis at " + address + " cannot be reached yet");
        }
        return current;
    }

    private void connectNow() {
        RedissonClient fresh = Redisson.create(config);
        try {
            ServerCheck.check(fresh, address);
            loadInto(fresh);
        } catch (RuntimeException unfit) {
            fresh.shutdown(0, 2, TimeUnit.SECONDS);
            throw unfit;
        }
        client = fresh;
        if (closed) {
            fresh.shutdown(0, 2, TimeUnit.SECONDS);
        }
    }

    /** Told here, where it can be mended: later calls would only say that they failed. */
    private void loadInto(RedissonClient fresh) {
        try {
            fresh.getFunction().load(library.name(), library.code());
        } catch (RedisTimeoutException noAnswer) {
            throw noAnswer;
        } catch (RedisException refused) {
            if (!String.valueOf(refused.getMessage()).contains("already exists")) {
                LOG.error(
                        "Redis at {} does not take RateGuard's functions: {} (expected: a user that may call FUNCTION"
                                + " LOAD, FCALL, INFO, and every command on RateGuard's keys)",
                        address,
                        reason(refused));
            }
        }
    }

    private void seekLater() {
        if (!closed) {
            var _ = seeker.schedule(this::seek, SEEK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void seek() {
        try {
            connectNow();
            LOG.info("Redis at {} reached", address);
        } catch (RedisException unreachable) {
            seekLater();
        } catch (RuntimeException unfit) {
            String message = String.valueOf(unfit.getMessage());
            if (!message.equals(lastComplaint)) {
                lastComplaint = message;
                LOG.error("Redis at {} cannot be used", address, unfit);
            }
            seekLater();
        }
    }

    private static @Nullable String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }

    /** The deadline is for scripts; to reach the server and to log in may take longer. */
    private static Config configFor(RedisAddress address) {
        Config config = new Config();
        config.setCodec(TextCodec.INSTANCE);
        config.setNettyThreads(2);
        config.setThreads(2);
        config.setTcpNoDelay(true);
        config.setTcpKeepAlive(true);
        config.setUsername(address.user());
        config.setPassword(address.password());
        if (address.cluster()) {
            config.useClusterServers()
                    .addNodeAddress(address.servers().toArray(String[]::new))
                    .setScanInterval(CLUSTER_SCAN_MILLIS)
                    .setReadMode(ReadMode.MASTER)
                    .setMasterConnectionPoolSize(CONNECTIONS)
                    .setMasterConnectionMinimumIdleSize(CONNECTIONS)
                    .setSlaveConnectionMinimumIdleSize(1)
                    .setSubscriptionConnectionPoolSize(1)
                    .setSubscriptionConnectionMinimumIdleSize(0)
                    .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                    .setReconnectionDelay(new ConstantDelay(RECONNECT_DELAY))
                    .setRetryAttempts(0)
                    .setTimeout(CONNECT_TIMEOUT_MILLIS);
            return config;
        }
        config.useSingleServer()
                .setAddress(address.servers().getFirst())
                .setDatabase(address.database())
                .setConnectionPoolSize(CONNECTIONS)
                .setConnectionMinimumIdleSize(CONNECTIONS)
                .setSubscriptionConnectionPoolSize(1)
                .setSubscriptionConnectionMinimumIdleSize(0)
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                .setReconnectionDelay(new ConstantDelay(RECONNECT_DELAY))
                .setRetryAttempts(0)
                .setTimeout(CONNECT_TIMEOUT_MILLIS);
        return config;
    }
}
