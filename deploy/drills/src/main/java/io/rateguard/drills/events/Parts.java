package io.rateguard.drills.events;

import io.rateguard.bed.Database;
import io.rateguard.bed.Service;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.drills.ground.Ground;
import io.rateguard.embedded.EmbeddedClickHouse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Two proxies, Kafka, two intakes and ClickHouse, and what can happen to them. Each is back when a method returns. */
final class Parts implements AutoCloseable {

    static final int PROXIES = 2;
    static final int INTAKES = 2;

    private static final long LARGE_NANOS = 1_000_000_000_000L;
    private static final int TRIES = 40;
    private static final Duration SOON = Duration.ofSeconds(60);

    /** Longer than it takes to bring one block in. */
    private static final Duration A_BLOCK = Duration.ofSeconds(3);

    private final Ground ground;
    private final WorkspaceId workspace;
    private final Database.Key key;
    private final EmbeddedClickHouse clickhouse;
    private final Tables tables;
    private final List<Service> intakes = new ArrayList<>();
    private final GroupOffsets offsets;

    Parts(Ground ground) {
        this.ground = ground;
        workspace = ground.workspace("drill");
        ground.database().budget(workspace, "everything", LARGE_NANOS, "elastic");
        key = ground.database().key(workspace, "calls");
        ground.database()
                .execute(
                        "UPDATE api_keys SET tags = '{\"team\":\"calls\"}'::jsonb WHERE id = ?",
                        key.id().value());
        clickhouse = ground.startClickHouse();
        for (int i = 0; i < INTAKES; i++) {
            intakes.add(ground.startIntake("intake-" + i, clickhouse, Map.of()));
        }
        tables = new Tables(ground.client(clickhouse));
        for (int i = 0; i < PROXIES; i++) {
            // On a busy machine every answer of Redis counts, however late.
            ground.startProxy(Map.of("RATEGUARD_REDIS_DEADLINE", "30s", "RATEGUARD_REDIS_ADMISSIONWAIT", "30s"));
        }
        offsets = new GroupOffsets(ground.kafka().access().bootstrapServers());
    }

    /** That of the calls through proxies. */
    WorkspaceId workspace() {
        return workspace;
    }

    Database.Key key() {
        return key;
    }

    Tables tables() {
        return tables;
    }

    GroupOffsets offsets() {
        return offsets;
    }

    void killProxy(int number) {
        killed(ground.proxies().get(number % PROXIES));
    }

    void killIntake(int number) {
        killed(intakes.get(number % INTAKES));
    }

    void killKafka(Duration away) {
        ground.kafka().kill();
        pass(away);
        ground.kafka().start();
    }

    void killClickHouse(Duration away) {
        clickhouse.kill();
        pass(away);
        clickhouse.start();
    }

    /**
     * Kills ClickHouse and the intakes once raw events are there that a rollup does not have yet. Returns how many it
     * lacks after ClickHouse has started again, before an intake has; 0 when the moment was missed every time.
     */
    long killBetweenRawAndViews() {
        for (int i = 0; i < TRIES; i++) {
            Ground.await("raw events ahead of a rollup", SOON, () -> tables.ahead() > 0);
            clickhouse.kill();
            intakes.forEach(Service::kill);
            clickhouse.start();
            long lacking = tables.ahead();
            intakes.forEach(Service::startAgain);
            if (lacking > 0) {
                return lacking;
            }
        }
        return 0;
    }

    /**
     * Freezes an intake in the middle of a block until another one has taken the block over, then lets it go on. Returns
     * the block; empty text when no block was met every time.
     */
    String takeOverMidBlock() {
        for (int i = 0; i < TRIES; i++) {
            Service frozen = intakes.get(i % INTAKES);
            Ground.await("an open block", SOON, () -> !offsets.openBlocks().isEmpty());
            frozen.pause();
            Set<String> open = offsets.openBlocks();
            // The other intake's blocks go on.
            var _ = Ground.within(A_BLOCK, () -> stillOpen(open).isEmpty());
            Set<String> its = stillOpen(open);
            if (!its.isEmpty()) {
                Ground.await(
                        "the block to be taken over", SOON, () -> stillOpen(its).isEmpty());
            }
            frozen.resume();
            if (!its.isEmpty()) {
                return String.join("; ", its);
            }
        }
        return "";
    }

    /** All that was sent, as soon as it was taken in. */
    Duration awaitTakenIn(Duration most) {
        long started = System.nanoTime();
        Ground.await("everything to be taken in", most, offsets::isThrough);
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** What a proxy has in its journal is in Kafka afterwards. */
    void closeProxies() {
        ground.proxies().forEach(Service::close);
    }

    @Override
    public void close() {
        offsets.close();
    }

    private Set<String> stillOpen(Set<String> blocks) {
        Set<String> still = offsets.openBlocks();
        still.retainAll(blocks);
        return still;
    }

    private static void killed(Service service) {
        service.kill();
        service.startAgain();
    }

    private static void pass(Duration time) {
        Ground.awaitTime(System.nanoTime() + time.toNanos());
    }
}
