package io.rateguard.standalone.part;

import io.rateguard.embedded.EmbeddedPart;
import java.time.Duration;

/** PostgreSQL, Redis, Kafka or ClickHouse as a part. */
public final class EmbeddedServer<S extends EmbeddedPart> implements Part {

    private final String name;
    private final S server;
    private volatile boolean wasReady;

    public EmbeddedServer(String name, S server) {
        this.name = name;
        this.server = server;
    }

    public S server() {
        return server;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        server.start();
        wasReady = true;
    }

    @Override
    public boolean isRunning() {
        return server.isRunning();
    }

    @Override
    public ProcessHandle process() {
        return ProcessHandle.of(server.pid()).orElseThrow(() -> new IllegalStateException(name + " has just ended"));
    }

    /** Leaves a server alone that is still starting for the first time: waiting for that could take long. */
    @Override
    public void stop(Duration within) {
        if (wasReady) {
            server.close();
        }
    }
}
