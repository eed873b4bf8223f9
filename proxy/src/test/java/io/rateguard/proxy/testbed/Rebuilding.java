package io.rateguard.proxy.testbed;

import io.rateguard.counters.Counters;
import io.rateguard.counters.Epoch;
import io.rateguard.counters.Rebuilds;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;

/** The alerts service's part in a rebuild, for proxies that have charged everything themselves: the ledger adds nothing. */
public final class Rebuilding implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Counters counters;
    private final Rebuilds rebuilds;
    private final int proxies;

    /** @param proxies how many are waited for */
    public Rebuilding(String redisUrl, int proxies) {
        this.counters = Counters.connect(TestBed.counters(redisUrl, Duration.ofSeconds(60)));
        this.rebuilds = counters.rebuilds();
        this.proxies = proxies;
    }

    /** Returns once the workspace's budgets are trusted. */
    public void untilTrusted(WorkspaceId workspace) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isTrusted(workspace)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not rebuilt: " + get(rebuilds.progress(workspace)));
            }
            LockSupport.parkNanos(5_000_000);
        }
        get(rebuilds.say(workspace, false));
    }

    private boolean isTrusted(WorkspaceId workspace) {
        try {
            Rebuilds.Progress progress = get(rebuilds.progress(workspace));
            long epoch = progress.epoch().number();
            return switch (progress.epoch().state()) {
                case TRUSTED -> true;
                case LOST -> {
                    get(rebuilds.say(workspace, true));
                    yield false;
                }
                case REBUILDING -> {
                    if (progress.reports().size() >= proxies) {
                        get(rebuilds.close(workspace, epoch));
                    }
                    yield false;
                }
                case CLOSING ->
                    get(rebuilds.reportLedger(workspace, epoch, List.of())) && get(rebuilds.trust(workspace, epoch));
            };
        } catch (CompletionException away) {
            return false;
        }
    }

    /** The epoch that the workspace's budgets are counted in, {@link Epoch#NONE} while they are lost. */
    public long epoch(WorkspaceId workspace) {
        return get(rebuilds.progress(workspace)).epoch().number();
    }

    @Override
    public void close() {
        counters.close();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
