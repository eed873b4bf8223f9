package io.rateguard.drills.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.bed.Service;
import io.rateguard.drills.Programs;
import io.rateguard.drills.ground.Ground;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Redis forgets everything under load while another part is away: in the end each charge is counted once. */
class RebuildOutagesIT {

    private static final Duration LONGER_THAN_PROXIES_ARE_AWAITED = Duration.ofSeconds(45);
    private static final Duration LONGER_THAN_A_REBUILD = Duration.ofSeconds(10);
    private static final Duration SHORT_WINDOW = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static Ground ground;
    private static Stage stage;

    @BeforeAll
    static void start() throws Exception {
        ground = new Ground(new Programs(Path.of("target/drills")));
        stage = new Stage(ground, 1, SHORT_WINDOW);
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    /** It has calls under way, settles them after the others' budgets are trusted, and reports too late. */
    @Test
    void whatAProxyReportsThatSleptThroughARebuildIsCountedOnce() {
        Service late = ground.proxies().getLast();

        Outage outage = stage.suffer(emptied("a proxy sleeps", Duration.ZERO, all -> late.pause(), all -> {
            Ground.await("a rebuild without it", LONGER_THAN_PROXIES_ARE_AWAITED, stage::isTrusted);
            late.resume();
        }));

        assertThat(outage.differenceNanos()).isZero();
    }

    @Test
    void aRebuildWaitsForClickHouse() {
        assertThat(waitsFor(
                        "ClickHouse is away",
                        all -> stage.ledger().clickhouse().kill(),
                        all -> stage.ledger().clickhouse().start()))
                .isZero();
    }

    @Test
    void aRebuildWaitsForPostgres() {
        assertThat(waitsFor(
                        "PostgreSQL is away",
                        all -> all.postgres().kill(),
                        all -> all.postgres().start()))
                .isZero();
    }

    @Test
    void aRebuildWaitsForKafka() {
        assertThat(waitsFor(
                        "Kafka is away",
                        all -> all.kafka().kill(),
                        all -> all.kafka().start()))
                .isZero();
    }

    /** Returns the difference of counters and ledger in the end. */
    private static long waitsFor(String name, Consumer<Ground> takeAway, Consumer<Ground> bringBack) {
        Fault fault = emptied(name, LONGER_THAN_A_REBUILD, takeAway, all -> {
            assertThat(stage.isTrusted())
                    .as("budgets are trusted while " + name)
                    .isFalse();
            bringBack.accept(all);
            Ground.await("a rebuild", PATIENCE, stage::isTrusted);
        });
        return stage.suffer(fault).differenceNanos();
    }

    private static Fault emptied(String name, Duration away, Consumer<Ground> begin, Consumer<Ground> end) {
        return new Fault(
                name,
                true,
                all -> {
                    begin.accept(all);
                    all.redis().flush();
                },
                away,
                end);
    }
}
