package io.rateguard.standalone.part;

import io.rateguard.embedded.EmbeddedPart;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** PostgreSQL, Redis, Kafka or ClickHouse as a part. */
public final class EmbeddedServer<S extends EmbeddedPart> implements Part {

    private final String name;
    private final Supplier<S> first;
    private volatile @Nullable S server;

    /** @param first starts the server for the first time */
    public EmbeddedServer(String name, Supplier<S> first) {
        this.name = name;
        this.first = first;
    }

    /** The server; only after {@link #start()}. */
    public S server() {
        S started = server;
        if (started == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return started;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        S known = server;
        if (known == null) {
            server = first.get();
        } else {
            known.start();
        }
    }

    @Override
    public boolean isRunning() {
        S known = server;
        return known != null && known.isRunning();
    }

    @Override
    public ProcessHandle process() {
        return ProcessHandle.of(server().pid()).orElseThrow(() -> new IllegalStateException(name + " has just ended"));
    }

    @Override
    public void stop(Duration within) {
        S known = server;
        if (known != null) {
            known.close();
        }
    }
}
