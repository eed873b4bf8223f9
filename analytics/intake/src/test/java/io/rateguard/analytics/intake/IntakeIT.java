package io.rateguard.analytics.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.Bucket;
import io.rateguard.analytics.question.RequestLog;
import io.rateguard.analytics.question.UsageHistory;
import io.rateguard.analytics.question.UsageQuestion;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IntakeIT {

    private final Setup setup = new Setup();

    @AfterEach
    void close() {
        setup.close();
    }

    @Test
    void everyEventAppearsOnceInTheLogAndInTheUsage() {
        setup.start();
        setup.traffic.send(1500);

        setup.assertEverythingCameInOnce();
        try (ClickHouse clickHouse = ClickHouse.open(setup.store)) {
            for (RequestEvent event : setup.traffic.events().subList(0, 20)) {
                assertThat(new RequestLog(clickHouse).find(event.caller().workspace(), event.requestId()))
                        .contains(event);
            }
            WorkspaceId workspace = new WorkspaceId(new UUID(0, 1));
            UsageQuestion all = new UsageQuestion(
                    Instant.ofEpochMilli(Traffic.AT_MILLIS),
                    Instant.ofEpochMilli(Traffic.AT_MILLIS).plus(Duration.ofHours(1)),
                    Bucket.TOTAL,
                    ZoneOffset.UTC,
                    Set.of());
            assertThat(new UsageHistory(clickHouse)
                            .ask(workspace, all)
                            .getFirst()
                            .costNanos())
                    .isEqualTo(setup.traffic.events().stream()
                                    .filter(event -> event.caller().workspace().equals(workspace))
                                    .mapToLong(event -> event.metering().costNanos())
                                    .sum()
                            + setup.traffic.adjustments().stream()
                                    .filter(adjustment ->
                                            adjustment.caller().workspace().equals(workspace))
                                    .mapToLong(Adjustment::costNanos)
                                    .sum());
        }
    }

    @Test
    void whatAJournalSendsTwiceCountsOnceWithinABlockAcrossBlocksAndAfterARestart() {
        setup.traffic.send(300);
        setup.traffic.sendAgain(300);
        Intake first = setup.start();
        setup.assertEverythingCameInOnce();

        setup.traffic.sendAgain(300);
        setup.traffic.send(100);
        setup.traffic.sendAgain(250);
        setup.assertEverythingCameInOnce();

        first.close();
        setup.traffic.sendAgain(400);
        setup.traffic.send(100);
        setup.start();
        setup.assertEverythingCameInOnce();
        assertThat(setup.traffic.events().size() + setup.traffic.adjustments().size())
                .isEqualTo(500);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DECODED")
    void aCrashAfterAnyStepLosesNothingAndCountsNothingTwice(Step fatal) {
        setup.traffic.send(400);
        for (int crash = 0; crash < 2; crash++) {
            Crash.at(setup, fatal);
            setup.traffic.send(200);
            setup.traffic.sendAgain(50);
        }

        setup.start();

        setup.assertEverythingCameInOnce();
    }

    @Test
    void lostOffsetsDoubleNothing() {
        for (int life = 0; life < 2; life++) {
            Intake intake = setup.start();
            setup.traffic.send(700);
            setup.traffic.sendAgain(50);
            setup.assertEverythingCameInOnce();
            intake.close();
            setup.loseOffsets();
            setup.traffic.sendAgain(30);
            setup.traffic.send(100);
        }

        setup.start().close();
        setup.start();
        setup.assertEverythingCameInOnce();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DECODED")
    void offsetsLostWithACrashAfterAnyStepDoubleNothing(Step fatal) {
        setup.traffic.send(400);
        for (int crash = 0; crash < 2; crash++) {
            Crash.at(setup, fatal);
            setup.loseOffsets();
            setup.traffic.send(200);
            setup.traffic.sendAgain(50);
        }

        setup.start();

        setup.assertEverythingCameInOnce();
    }

    @Test
    void offsetsSetBackDoubleNothing() {
        Intake first = setup.start();
        setup.traffic.send(900);
        setup.assertEverythingCameInOnce();
        first.close();

        setup.setOffsetsBackTo(17);
        setup.traffic.send(100);
        setup.start();
        setup.assertEverythingCameInOnce();
    }

    @Test
    void whatCannotBeReadGoesToTheDeadLettersWithItsReasonAndTheRestPasses() {
        String journal = UUID.randomUUID().toString();
        Map<String, String> headers = Map.of("journal", journal, "sequence", "0");
        setup.traffic.send(50);
        setup.traffic.sendRaw(0, "no json".getBytes(StandardCharsets.UTF_8), headers);
        setup.traffic.sendRaw(1, "{\"v\":9,\"event\":{}}".getBytes(StandardCharsets.UTF_8), headers);
        setup.traffic.sendRaw(2, "{\"v\":1,\"event\":{}}".getBytes(StandardCharsets.UTF_8), headers);
        setup.traffic.sendRaw(3, "{}".getBytes(StandardCharsets.UTF_8), Map.of());
        setup.traffic.send(50);

        setup.start();

        setup.assertEverythingCameInOnce();
        Map<String, String> reasons = deadLetters(4);
        assertThat(reasons.get(setup.events.topic() + ":0:")).startsWith("event: Unrecognized token");
        assertThat(reasons.get(setup.events.topic() + ":1:")).isEqualTo("event version: 9 (expected: 1)");
        assertThat(reasons.get(setup.events.topic() + ":2:")).isNotBlank();
        assertThat(reasons.get(setup.events.topic() + ":3:")).isEqualTo("header journal: none (expected: one)");
    }

    @Test
    void severalIntakesShareThePartitionsAndComeAndGoUnderTraffic() {
        Intake first = setup.start();
        setup.traffic.send(500);
        Intake second = setup.start();
        for (int i = 0; i < 10; i++) {
            setup.traffic.send(200);
            setup.traffic.sendAgain(20);
        }
        first.close();
        setup.traffic.send(500);
        setup.start();
        for (int i = 0; i < 10; i++) {
            setup.traffic.send(200);
        }
        second.close();
        setup.traffic.send(100);

        setup.assertEverythingCameInOnce();
    }

    /** Tokens are forgotten meanwhile: what the late one inserted would be there twice. */
    @Test
    void anIntakeThatWasFrozenInABlockUntilOthersHadItInsertsNothing() {
        CountDownLatch frozen = new CountDownLatch(1);
        CountDownLatch thawed = new CountDownLatch(1);
        AtomicInteger promises = new AtomicInteger();
        setup.traffic.send(400);
        setup.start(
                new IntakeStatus(),
                step -> {
                    if (step == Step.PROMISED && promises.incrementAndGet() == 2) {
                        setup.rememberBlocks(10_000);
                    }
                    if (step == Step.BURIED && promises.get() == 1) {
                        frozen.countDown();
                        awaited(thawed);
                    }
                },
                Map.of("max.poll.interval.ms", "1000"));
        awaited(frozen);
        Intake other = setup.start();
        setup.assertEverythingCameInOnce();
        other.close();
        setup.rememberBlocks(0);

        thawed.countDown();
        setup.traffic.send(100);

        setup.assertEverythingCameInOnce();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private Map<String, String> deadLetters(int count) {
        return setup.deadLetters(count).stream()
                .collect(Collectors.toMap(
                        letter -> letter.foundAt().substring(0, letter.foundAt().lastIndexOf(':') + 1),
                        Letter::reason));
    }
}
