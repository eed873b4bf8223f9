package io.rateguard.proxy.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.Secret.SecretHash;
import io.rateguard.domain.secret.SecretBox;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The policy in memory. One thread does every load and every refresh, in the order they were asked for, on one
 * connection: a look-up that read before a change was committed is always followed by the change's own refresh.
 */
public final class PolicyStore implements Policies, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PolicyStore.class);

    private static final int QUEUED_LOADS = 4_096;
    private static final Duration UNKNOWN_KEYS_KEPT = Duration.ofSeconds(30);
    private static final int UNKNOWN_KEYS = 100_000;
    private static final long REFUSE_AFTER_FAILURE_MILLIS = 250;
    private static final long TELL_AGAIN_AFTER_MILLIS = 60_000;

    private final PolicySettings settings;
    private final PolicyReader reader;
    private final LongSupplier nowMillis;
    private final Cache<SecretHash, KnownKey> keys;
    private final Cache<SecretHash, Boolean> unknownKeys;
    private final Map<WorkspaceId, WorkspacePolicy> workspaces = new ConcurrentHashMap<>();
    /**
     * The version of each workspace that its keys in memory are of: what came later may be missing. The loader's alone. A
     * workspace's own rules may be newer, since they are loaded by themselves.
     */
    private final Map<WorkspaceId, Long> keysAreOf = new HashMap<>();

    private final Map<SecretHash, Mono<Optional<KnownKey>>> keyLoads = new ConcurrentHashMap<>();
    private final Map<WorkspaceId, Mono<Optional<WorkspacePolicy>>> workspaceLoads = new ConcurrentHashMap<>();
    private final LoaderThread loader;
    private final PolicyListener listener;

    private @Nullable Connection connection;
    private volatile long failedAtMillis;
    /** When the notifications were last known to arrive; what is known counts as verified since. */
    private volatile long verifiedAtMillis;

    private PolicyStore(PolicySettings settings, PolicyReader reader, LongSupplier nowMillis) {
        this.settings = settings;
        this.reader = reader;
        this.nowMillis = nowMillis;
        this.verifiedAtMillis = nowMillis.getAsLong();
        this.keys = Caffeine.newBuilder().maximumSize(settings.cachedKeys()).build();
        this.unknownKeys = Caffeine.newBuilder()
                .maximumSize(UNKNOWN_KEYS)
                .expireAfterWrite(UNKNOWN_KEYS_KEPT)
                .build();
        this.loader = new LoaderThread("policy-loader", QUEUED_LOADS);
        this.listener = new PolicyListener(settings, this::refreshChanged, this::revalidate, this::stillListening);
    }

    /** Starts listening; does not wait for PostgreSQL. */
    public static PolicyStore open(PolicySettings settings, SecretBox secrets, LongSupplier nowMillis) {
        PolicyStore store = new PolicyStore(settings, new PolicyReader(secrets), nowMillis);
        store.listener.start();
        return store;
    }

    @Override
    public @Nullable KnownKey cachedKey(SecretHash hash) {
        return isTooStale() ? null : keys.getIfPresent(hash);
    }

    @Override
    public boolean isKnownUnknown(SecretHash hash) {
        return !isTooStale() && unknownKeys.getIfPresent(hash) != null;
    }

    @Override
    public Mono<Optional<KnownKey>> lookUpKey(SecretHash hash) {
        return keyLoads.computeIfAbsent(
                hash,
                it -> this.<Optional<KnownKey>>load(sink -> sink.success(readKey(hash)))
                        .doFinally(signal -> keyLoads.remove(hash))
                        .cache());
    }

    @Override
    public @Nullable WorkspacePolicy cachedWorkspace(WorkspaceId id) {
        return isTooStale() ? null : workspaces.get(id);
    }

    @Override
    public Mono<Optional<WorkspacePolicy>> lookUpWorkspace(WorkspaceId id) {
        return workspaceLoads.computeIfAbsent(
                id,
                it -> this.<Optional<WorkspacePolicy>>load(sink -> sink.success(readWorkspace(id)))
                        .doFinally(signal -> workspaceLoads.remove(id))
                        .cache());
    }

    /** Whether changes of policy reach this proxy now. */
    public boolean isVerified() {
        return listener.isListening();
    }

    @Override
    public void close() {
        listener.close();
        loader.close();
    }

    private boolean isTooStale() {
        return !listener.isListening()
                && nowMillis.getAsLong() - verifiedAtMillis
                        > settings.maxStale().toMillis();
    }

    private void stillListening() {
        verifiedAtMillis = nowMillis.getAsLong();
    }

    /** A workspace changed: takes the new rows, of the keys in memory too. */
    private void refreshChanged(WorkspaceId workspace, long version) {
        enqueue(() -> {
            long since = Math.min(version, keysAreOf.getOrDefault(workspace, version) + 1);
            // In one snapshot, so that the keys are as of this version and of no later one.
            Changes changes = query(it -> new Changes(
                    reader.versions(it, Set.of(workspace)).get(workspace),
                    reader.keysChangedSince(it, workspace, since)));
            changes.keys().forEach((hash, key) -> {
                unknownKeys.invalidate(hash);
                keys.asMap().computeIfPresent(hash, (sameHash, old) -> key);
            });
            if (changes.version() == null) {
                keysAreOf.remove(workspace);
            } else {
                keysAreOf.put(workspace, changes.version());
            }
            catchUp(workspace, version);
        });
    }

    private void catchUp(WorkspaceId workspace, long version) {
        WorkspacePolicy known = workspaces.get(workspace);
        if (known != null && known.version() < version) {
            var _ = readWorkspace(workspace);
        }
    }

    /** The connection was lost and is back: whatever changed meanwhile is loaded again. */
    private void revalidate() {
        enqueue(() -> {
            unknownKeys.invalidateAll();
            Set<WorkspaceId> known = new HashSet<>(workspaces.keySet());
            keys.asMap().values().forEach(key -> known.add(key.workspace()));
            Map<WorkspaceId, Long> versions = query(it -> reader.versions(it, known));
            for (WorkspaceId workspace : known) {
                WorkspacePolicy policy = workspaces.get(workspace);
                Long version = versions.get(workspace);
                boolean isCurrent = policy != null
                        && version != null
                        && policy.version() == version
                        && version.equals(keysAreOf.get(workspace));
                if (!isCurrent) {
                    keys.asMap().values().removeIf(key -> key.workspace().equals(workspace));
                    keysAreOf.remove(workspace);
                    forget(workspace);
                }
            }
        });
    }

    private Optional<KnownKey> readKey(SecretHash hash) {
        Map<WorkspaceId, Long> versions = new HashMap<>();
        Optional<KnownKey> found = query(it -> {
            Optional<KnownKey> key = reader.key(it, hash);
            if (key.isPresent()) {
                versions.putAll(reader.versions(it, Set.of(key.get().workspace())));
            }
            return key;
        });
        // The others in memory may be older than this one.
        versions.forEach((workspace, version) -> keysAreOf.merge(workspace, version, Math::min));
        // Whoever made the key may have changed something else before.
        versions.forEach(this::catchUp);
        if (found.isPresent()) {
            keys.put(hash, found.get());
        } else {
            unknownKeys.put(hash, true);
        }
        return found;
    }

    private Optional<WorkspacePolicy> readWorkspace(WorkspaceId id) {
        Optional<WorkspacePolicy> found = query(it -> reader.workspace(it, id));
        found.ifPresentOrElse(policy -> workspaces.put(id, policy), () -> forget(id));
        return found;
    }

    private void forget(WorkspaceId id) {
        workspaces.remove(id);
        reader.forget(id);
    }

    private <T> Mono<T> load(Load<T> work) {
        return Mono.create(sink -> {
            if (nowMillis.getAsLong() - failedAtMillis < REFUSE_AFTER_FAILURE_MILLIS) {
                sink.error(new PolicyUnavailable("PostgreSQL did not answer a moment ago", new SQLException()));
                return;
            }
            try {
                loader.execute(() -> {
                    try {
                        work.run(sink);
                    } catch (RuntimeException failure) {
                        sink.error(failure);
                    }
                });
            } catch (RejectedExecutionException full) {
                sink.error(new PolicyUnavailable("too many look-ups are waiting", full));
            }
        });
    }

    private void enqueue(Runnable refresh) {
        try {
            loader.execute(() -> {
                try {
                    refresh.run();
                } catch (RuntimeException failure) {
                    log.warn("policy refresh failed; taken again from the start: {}", failure.getMessage());
                    listener.restart();
                }
            });
        } catch (RejectedExecutionException full) {
            listener.restart();
        }
    }

    /** One read in one snapshot; once more on a new connection when the old one turns out to be dead. */
    private <T> T query(Query<T> query) {
        try {
            boolean mayBeDead = connection != null;
            try {
                return queryOnce(query);
            } catch (SQLException failure) {
                if (!mayBeDead) {
                    throw failure;
                }
                return queryOnce(query);
            }
        } catch (SQLException failure) {
            long now = nowMillis.getAsLong();
            if (now - failedAtMillis > TELL_AGAIN_AFTER_MILLIS) {
                log.warn("policy: look-ups fail: {}", failure.getMessage());
            }
            failedAtMillis = now;
            throw new PolicyUnavailable("PostgreSQL: " + failure.getMessage(), failure);
        }
    }

    private <T> T queryOnce(Query<T> query) throws SQLException {
        Connection open = connection();
        try {
            T result = query.run(open);
            open.commit();
            return result;
        } catch (SQLException failure) {
            disconnect();
            throw failure;
        }
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = connect(settings.url(), settings);
            open.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            open.setReadOnly(true);
            open.setAutoCommit(false);
            connection = open;
        }
        return open;
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException alreadyGone) {
                log.debug("closing a broken connection: {}", alreadyGone.getMessage());
            }
        }
    }

    static Connection connect(String url, PolicySettings settings) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "rateguard-proxy");
        return DriverManager.getConnection(url, properties);
    }

    static java.util.concurrent.ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** @param version of the workspace in the snapshot that the keys are from; none when it is gone */
    private record Changes(@Nullable Long version, Map<SecretHash, KnownKey> keys) {}

    @FunctionalInterface
    private interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    @FunctionalInterface
    private interface Load<T> {
        void run(MonoSink<T> sink);
    }
}
