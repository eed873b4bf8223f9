package io.rateguard.proxy.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.domain.event.EventJson;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.PartitionChoice;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.RequestId;
import io.rateguard.proxy.journal.EventShipping.RecordedEvent;
import io.rateguard.proxy.journal.FakeShipping.SharedTopic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalsTest {

    private static final long SMALL_SEGMENT = 8 << 10;

    private final SharedTopic topic = new SharedTopic();
    private final ConcurrentLinkedQueue<RequestEvent> unsettled = new ConcurrentLinkedQueue<>();
    private final ManualClock clock = new ManualClock();

    @TempDir
    private Path temp;

    @Test
    void shipsWhatWasClosedInItsOrder() {
        try (Journals journals = open("a", 1, FakeShipping.keeping(topic))) {
            for (int i = 0; i < 100; i++) {
                journals.writer(0).opened(SampleEvents.interrupted(i));
                journals.writer(0).closed(SampleEvents.completed(i));
            }
            Eventually.until("shipped", () -> topic.events().size() == 100);
        }

        assertThat(topic.events())
                .extracting(RecordedEvent::sequence)
                .isSorted()
                .startsWith(1L)
                .endsWith(100L);
        assertThat(topic.events())
                .allSatisfy(each -> assertThat(each.partition()).isEqualTo(PartitionChoice.of(each.workspace(), 3)));
        assertThat(Kept.of(topic.events()).hasNoGaps().outcomes()).hasSize(100).containsValue(Outcome.COMPLETED);
    }

    @Test
    void shipsWhatWasToldInItsPlace() {
        try (Journals journals = open("a", 1, FakeShipping.keeping(topic))) {
            journals.writer(0).opened(SampleEvents.interrupted(1));
            journals.writer(0).closed(SampleEvents.completed(1));
            journals.writer(0).told(SampleEvents.crossed(1));
            journals.writer(0).closed(SampleEvents.refused(2));
            Eventually.until("shipped", () -> topic.events().size() == 3);
        }

        assertThat(topic.events()).extracting(RecordedEvent::sequence).containsExactly(1L, 2L, 3L);
        assertThat(EventJson.decode(topic.events().get(1).json())).isEqualTo(SampleEvents.crossed(1));
    }

    @Test
    void leavesNothingBehindWhenAllIsShippedAndClosed() throws Exception {
        try (Journals journals = open("a", 2, FakeShipping.keeping(topic))) {
            journals.writer(0).closed(SampleEvents.refused(1));
            journals.writer(1).opened(SampleEvents.interrupted(2));
            journals.writer(1).closed(SampleEvents.completed(2));
        }

        assertThat(topic.events()).hasSize(2);
        assertThat(temp.resolve("a")).isDirectoryContaining("glob:**/lock");
        assertThat(Directories.files(temp.resolve("a"), "")).hasSize(1);
        assertThat(Files.getPosixFilePermissions(temp.resolve("a"))).hasSize(3);
    }

    @Test
    void refusesADirectoryThatIsInUse() {
        try (Journals journals = open("a", 1, FakeShipping.keeping(topic))) {
            assertThat(journals.hasRoom()).isTrue();
            assertThatThrownBy(() -> open("a", 1, FakeShipping.keeping(topic)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by another process");
        }
    }

    @Test
    void refusesAnEventThatNoSegmentCanHold() {
        try (Journals journals = open("a", 1, FakeShipping.keeping(topic))) {
            JournalWriter writer = journals.writer(0);
            assertThatThrownBy(() -> writer.closed(SampleEvents.withPath(1, "x".repeat(20_000))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected: at most");
            writer.closed(SampleEvents.completed(2));
        }

        assertThat(Kept.of(topic.events()).hasNoGaps().outcomes()).containsOnlyKeys(SampleEvents.id(2));
    }

    @Test
    void stopsAtTheFirstFailureAndGoesOnFromThere() {
        FakeShipping shipping = FakeShipping.holding(topic);
        try (Journals journals = open("a", 1, shipping)) {
            for (int i = 0; i < 30; i++) {
                journals.writer(0).closed(SampleEvents.completed(i));
            }
            Eventually.until("sent", () -> shipping.held() == 30);
            shipping.keep(10);
            shipping.keepSilentlyAndFail(5);
            Eventually.until("sent again", () -> shipping.held() == 20);
            assertThat(shipping.restarts()).isEqualTo(1);
            assertThat(journals.state().shipping()).isFalse();

            shipping.keepFromNowOn();
            Eventually.until("all shipped", () -> journals.state().unshippedRecords() == 0);
            Eventually.until("said", () -> journals.state().shipping());
        }

        assertThat(topic.events()).extracting(RecordedEvent::sequence).endsWith(29L, 30L);
        assertThat(topic.events()).hasSize(35);
        assertThat(Kept.of(topic.events()).hasNoGaps().outcomes()).hasSize(30);
    }

    @Test
    void keepsTryingWhileNothingIsTaken() {
        FakeShipping shipping = FakeShipping.holding(topic);
        shipping.refuse();
        try (Journals journals = open("a", 1, shipping)) {
            journals.writer(0).closed(SampleEvents.completed(1));
            clock.advance(Duration.ofSeconds(7));
            Eventually.until("tried again", () -> shipping.restarts() > 1);
            assertThat(journals.state().unshippedRecords()).isEqualTo(1);
            assertThat(journals.state().oldestUnshippedAge()).isEqualTo(Duration.ofSeconds(7));

            shipping.keepFromNowOn();
            Eventually.until("shipped", () -> journals.state().unshippedRecords() == 0);
        }

        assertThat(topic.events()).hasSize(1);
    }

    @Test
    void chargesWhatWasOpenByItsHoldAfterACrash() {
        FakeShipping down = FakeShipping.holding(topic);
        Path crashed;
        try (Journals journals = open("a", 1, down)) {
            journals.writer(0).opened(SampleEvents.interrupted(1));
            journals.writer(0).opened(SampleEvents.interrupted(2));
            journals.writer(0).closed(SampleEvents.completed(2));
            crashed = Directories.copy(temp.resolve("a"), temp.resolve("b"));
        }

        clock.advance(Duration.ofHours(1));
        try (Journals journals = open("b", 1, FakeShipping.keeping(topic))) {
            Eventually.until("shipped", () -> journals.state().unshippedRecords() == 0);
            Eventually.until("unsettled told", () -> unsettled.size() == 2);
        }

        assertThat(crashed).isDirectory();
        assertThat(Kept.of(topic.events()).hasNoGaps().outcomes())
                .isEqualTo(Map.of(
                        SampleEvents.id(1), Outcome.INTERRUPTED,
                        SampleEvents.id(2), Outcome.COMPLETED));
        assertThat(unsettled)
                .filteredOn(each -> each.requestId().equals(SampleEvents.id(1)))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.times().finishedAtMillis()).isEqualTo(clock.millis());
                    assertThat(each.charges())
                            .isEqualTo(SampleEvents.interrupted(1).charges());
                });
    }

    @Test
    void tellsAgainOfWhatWasShippedShortlyBeforeTheCrash() {
        FakeShipping shipping = FakeShipping.keeping(topic);
        try (Journals journals = open("a", 1, shipping)) {
            journals.writer(0).closed(SampleEvents.completed(1));
            clock.advance(Duration.ofMinutes(11));
            journals.writer(0).closed(SampleEvents.completed(2));
            clock.advance(Duration.ofMinutes(9));
            journals.writer(0).closed(SampleEvents.completed(3));
            Eventually.until("shipped", () -> journals.state().unshippedRecords() == 0);
            Directories.copy(temp.resolve("a"), temp.resolve("b"));
        }

        try (Journals journals = open("b", 1, shipping)) {
            Eventually.until("told", () -> unsettled.size() == 2);
            Eventually.until(
                    "removed",
                    () -> Directories.files(temp.resolve("b"), "acknowledged").size() == 1);
            assertThat(journals.state().unshippedRecords()).isZero();
        }

        assertThat(unsettled)
                .extracting(RequestEvent::requestId)
                .containsExactly(SampleEvents.id(2), SampleEvents.id(3));
        assertThat(topic.events()).hasSize(3);
    }

    @Test
    void goesOnToTheNextSegmentsAndGivesThemFree() {
        FakeShipping shipping = FakeShipping.holding(topic);
        try (Journals journals = open("a", 1, shipping)) {
            for (int i = 0; i < 200; i++) {
                journals.writer(0).opened(SampleEvents.interrupted(i));
                journals.writer(0).closed(SampleEvents.completed(i));
            }
            long full = journals.state().bytes();
            assertThat(full).isGreaterThan(10 * SMALL_SEGMENT);

            shipping.keepFromNowOn();
            Eventually.until("shipped", () -> topic.events().size() == 200);
            clock.advance(Duration.ofSeconds(11));
            Eventually.until("free", () -> journals.state().bytes() <= SMALL_SEGMENT);
        }

        assertThat(Kept.of(topic.events()).hasNoGaps().outcomes()).hasSize(200);
    }

    @Test
    void carriesAnOldOpenRecordForwardAndStillClosesIt() {
        FakeShipping shipping = FakeShipping.keeping(topic);
        try (Journals journals = open("a", 1, shipping)) {
            journals.writer(0).opened(SampleEvents.interrupted(1000));
            journals.writer(0).opened(SampleEvents.interrupted(1001));
            for (int i = 0; i < 200; i++) {
                journals.writer(0).closed(SampleEvents.completed(i));
            }
            Eventually.until("shipped", () -> topic.events().size() == 200);
            clock.advance(Duration.ofSeconds(11));
            Eventually.until(
                    "carried",
                    () -> Directories.files(temp.resolve("a"), "").stream()
                            .anyMatch(each -> each.getFileName().toString().startsWith("carried-")));
            Eventually.until("free", () -> journals.state().bytes() <= 4 * SMALL_SEGMENT);
            Eventually.until("still", () -> journals.storage().isStoring());
            Directories.copy(temp.resolve("a"), temp.resolve("b"));

            journals.writer(0).closed(SampleEvents.completed(1000));
            Eventually.until("shipped", () -> topic.events().size() == 201);
            Directories.copy(temp.resolve("a"), temp.resolve("c"));
        }

        assertThat(outcomesAfter("b", topic.events().subList(0, 200)))
                .hasSize(202)
                .containsEntry(SampleEvents.id(1000), Outcome.INTERRUPTED)
                .containsEntry(SampleEvents.id(1001), Outcome.INTERRUPTED);
        assertThat(outcomesAfter("c", topic.events()))
                .hasSize(202)
                .containsEntry(SampleEvents.id(1000), Outcome.COMPLETED)
                .containsEntry(SampleEvents.id(1001), Outcome.INTERRUPTED);
    }

    @Test
    void hasNoRoomAtItsCapAndStillRecordsWhatWasAdmitted() {
        FakeShipping shipping = FakeShipping.holding(topic);
        JournalSettings settings =
                new JournalSettings(temp.resolve("a"), 1, SMALL_SEGMENT, 4 * SMALL_SEGMENT, Duration.ofSeconds(5));
        try (Journals journals = Journals.open(settings, shipping, unsettled::add, clock)) {
            int written = 0;
            while (journals.hasRoom()) {
                journals.writer(0).closed(SampleEvents.completed(written++));
            }
            int beyond = written + 50;
            while (written < beyond) {
                journals.writer(0).closed(SampleEvents.completed(written++));
            }
            Eventually.until("storing", () -> journals.state().storing());
            assertThat(journals.hasRoom()).isFalse();
            assertThat(journals.state().bytes()).isGreaterThanOrEqualTo(4 * SMALL_SEGMENT);

            shipping.keepFromNowOn();
            Eventually.until("room again", journals::hasRoom);
            Eventually.until("shipped", () -> topic.events().size() == beyond);
        }

        assertThat(Kept.of(topic.events()).hasNoGaps().outcomes()).hasSizeGreaterThan(50);
    }

    @Test
    void givesUpTheOldestAtItsCapWhenToldTo() {
        FakeShipping shipping = FakeShipping.holding(topic);
        JournalSettings settings = new JournalSettings(
                        temp.resolve("a"), 1, SMALL_SEGMENT, 8 * SMALL_SEGMENT, Duration.ofSeconds(5))
                .withWhenFull(WhenFull.DROP_OLDEST);
        int written = 500;
        long dropped;
        try (Journals journals = Journals.prepare(settings, shipping, unsettled::add, clock)) {
            journals.writer(0).opened(SampleEvents.interrupted(1000));
            journals.writer(0).opened(SampleEvents.interrupted(1001));
            for (int i = 0; i < written; i++) {
                journals.writer(0).closed(SampleEvents.completed(i));
                journals.storage().replenish();
                journals.shipper().pass();
                journals.shipper().free();
                assertThat(journals.hasRoom()).as("room after %s", i).isTrue();
            }
            dropped = journals.state().droppedRecords();
            assertThat(dropped).isBetween(100L, written - 20L);
            assertThat(journals.state().unshippedRecords()).isEqualTo(written - dropped);
            journals.writer(0).closed(SampleEvents.completed(1000));
            Directories.copy(temp.resolve("a"), temp.resolve("b"));
        }

        SharedTopic after = new SharedTopic();
        try (Journals journals = open("b", 1, FakeShipping.keeping(after))) {
            Eventually.until("shipped", () -> journals.state().unshippedRecords() == 0);
        }
        assertThat(Kept.of(after.events()).outcomes())
                .hasSize((int) (written - dropped) + 2)
                .containsEntry(SampleEvents.id(written - 1), Outcome.COMPLETED)
                .containsEntry(SampleEvents.id(1000), Outcome.COMPLETED)
                .containsEntry(SampleEvents.id(1001), Outcome.INTERRUPTED)
                .doesNotContainKey(SampleEvents.id(0));
    }

    @Test
    void runsWhatWaitsForKafkaOnceItHasAcknowledged() {
        FakeShipping shipping = FakeShipping.holding(topic);
        List<Integer> told = new ArrayList<>();
        try (Journals journals = awaiting(shipping, Duration.ofHours(1))) {
            JournalWriter writer = journals.writer(0);
            for (int i = 0; i < 3; i++) {
                int number = i;
                writer.closed(SampleEvents.completed(i));
                writer.whenRecorded(Runnable::run, () -> told.add(number));
            }
            journals.shipper().pass();
            shipping.keep(2);
            assertThat(told).isEmpty();
            journals.shipper().pass();
            assertThat(told).containsExactly(0, 1);

            shipping.keepFromNowOn();
            journals.shipper().pass();
            assertThat(told).containsExactly(0, 1, 2);
            assertThat(journals.state().unacknowledgedEnds()).isZero();
        }
    }

    @Test
    void waitsForKafkaNoLongerThanTheTimeoutAndCountsThat() {
        FakeShipping shipping = FakeShipping.holding(topic);
        AtomicInteger told = new AtomicInteger();
        try (Journals journals = awaiting(shipping, Duration.ofNanos(1))) {
            journals.writer(0).closed(SampleEvents.completed(1));
            journals.writer(0).whenRecorded(Runnable::run, told::incrementAndGet);
            assertThat(told).hasValue(0);
            journals.shipper().pass();
            assertThat(told).hasValue(1);
            assertThat(journals.state().unacknowledgedEnds()).isEqualTo(1);
        }
    }

    @Test
    void hasNoRoomWhileKafkaThatMustAcknowledgeDoesNot() {
        FakeShipping shipping = FakeShipping.holding(topic);
        shipping.refuse();
        try (Journals journals = awaiting(shipping, Duration.ofHours(1))) {
            assertThat(journals.hasRoom()).isTrue();
            journals.writer(0).closed(SampleEvents.completed(1));
            journals.shipper().pass();
            assertThat(journals.hasRoom()).isFalse();
            assertThat(journals.obstacle()).isEqualTo("Kafka does not acknowledge");

            shipping.keepFromNowOn();
            Eventually.until("room again", () -> {
                journals.shipper().pass();
                return journals.hasRoom();
            });
        }
    }

    @Test
    void refusesSettingsThatWouldGiveUpWhatKafkaMustHave() {
        JournalSettings awaited = JournalSettings.defaults(temp, 1).withAck(Ack.KAFKA, Duration.ofSeconds(1));
        assertThatThrownBy(() -> awaited.withWhenFull(WhenFull.DROP_OLDEST))
                .hasMessageContaining("journal whenFull: DROP_OLDEST with ack KAFKA (expected: REFUSE");
        assertThatThrownBy(() -> awaited.withAck(Ack.KAFKA, Duration.ZERO))
                .hasMessageContaining("journal ackTimeout: PT0S (expected: more than 0)");
        assertThatThrownBy(() -> new JournalSettings(temp, 2, SMALL_SEGMENT, 7 * SMALL_SEGMENT, Duration.ZERO)
                        .withWhenFull(WhenFull.DROP_OLDEST))
                .hasMessageContaining("journal capBytes: " + 7 * SMALL_SEGMENT + " (expected: at least "
                        + 8 * SMALL_SEGMENT + ", 4 segments for each of 2 writers)");
    }

    private Journals awaiting(FakeShipping shipping, Duration timeout) {
        JournalSettings settings = new JournalSettings(temp.resolve("a"), 1, SMALL_SEGMENT, 1 << 30, Duration.ZERO)
                .withAck(Ack.KAFKA, timeout);
        return Journals.prepare(settings, shipping, unsettled::add, clock);
    }

    @Test
    void refusesNewRequestsWhenTheDiskFailsAndLosesNothing() throws Exception {
        FakeShipping shipping = FakeShipping.holding(topic);
        int written = 0;
        try (Journals journals = open("a", 1, shipping)) {
            Path folder = Directories.files(temp.resolve("a"), "acknowledged")
                    .getFirst()
                    .getParent();
            Path away = temp.resolve("away");
            Files.move(folder, away);
            // Writes until the ready segments are used up: the folder that new ones belong into is missing.
            while (journals.state().storing()) {
                journals.writer(0).closed(SampleEvents.completed(written++));
            }
            for (int i = 0; i < 50; i++) {
                journals.writer(0).closed(SampleEvents.completed(written++));
            }
            assertThat(journals.hasRoom()).isFalse();

            Files.move(away, folder);
            Eventually.until("room again", journals::hasRoom);
            journals.writer(0).closed(SampleEvents.completed(written++));
            Directories.copy(temp.resolve("a"), temp.resolve("b"));
        }

        assertThat(outcomesAfter("b", topic.events())).hasSize(written);
    }

    @Test
    void shipsSeveralJournalsWrittenAtOnce() throws Exception {
        int writers = 4;
        int each = 2_000;
        AtomicInteger failures = new AtomicInteger();
        try (Journals journals = open("a", writers, FakeShipping.keeping(topic))) {
            List<Thread> loops = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                JournalWriter writer = journals.writer(w);
                int first = w * each;
                loops.add(Thread.ofPlatform()
                        .uncaughtExceptionHandler((t, e) -> failures.incrementAndGet())
                        .start(() -> {
                            for (int i = first; i < first + each; i++) {
                                writer.opened(SampleEvents.interrupted(i));
                                writer.closed(SampleEvents.completed(i));
                            }
                        }));
            }
            for (Thread loop : loops) {
                loop.join();
            }
            Eventually.until("shipped", () -> topic.events().size() == writers * each);
        }

        assertThat(failures).hasValue(0);
        assertThat(Kept.of(topic.events()).hasNoGaps().outcomes()).hasSize(writers * each);
    }

    private Map<RequestId, Outcome> outcomesAfter(String crashed, List<RecordedEvent> keptBefore) {
        SharedTopic both = new SharedTopic();
        keptBefore.forEach(both::add);
        try (Journals journals = open(crashed, 1, FakeShipping.keeping(both))) {
            Eventually.until("shipped", () -> journals.state().unshippedRecords() == 0);
        }
        return Kept.of(both.events()).hasNoGaps().outcomes();
    }

    private Journals open(String name, int writers, FakeShipping shipping) {
        JournalSettings settings =
                new JournalSettings(temp.resolve(name), writers, SMALL_SEGMENT, 1 << 30, Duration.ofSeconds(2));
        return Journals.open(settings, shipping, unsettled::add, clock);
    }
}
