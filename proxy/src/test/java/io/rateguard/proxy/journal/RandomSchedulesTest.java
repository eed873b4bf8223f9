package io.rateguard.proxy.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.id.RequestId;
import io.rateguard.proxy.journal.FakeShipping.SharedTopic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever order writing, shipping, failing, deleting and crashing come in: what a reader makes of the topic is exactly
 * what was closed, and what was open at a crash as interrupted. Where the oldest may be given up, no more is missing than
 * was counted.
 */
class RandomSchedulesTest {

    private static final int SCHEDULES = 40;
    private static final int STEPS = 400;
    private static final long SEGMENT = 4 << 10;

    @TempDir
    private Path temp;

    @Test
    void everyEventIsKeptOnceWhateverHappens() {
        for (long seed = 1; seed <= SCHEDULES; seed++) {
            assertThat(dropped(seed, 1 << 20, WhenFull.REFUSE)).isZero();
        }
    }

    @Test
    void noMoreIsMissingThanWasCountedAsGivenUp() {
        long dropped = 0;
        for (long seed = 1; seed <= SCHEDULES; seed++) {
            dropped += dropped(seed, 4 * 2 * SEGMENT, WhenFull.DROP_OLDEST);
        }
        assertThat(dropped).isGreaterThan(SCHEDULES);
    }

    private long dropped(long seed, long capBytes, WhenFull whenFull) {
        Schedule schedule = new Schedule(temp.resolve("schedule-" + seed), capBytes, whenFull, new Random(seed));
        try {
            return schedule.run();
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError("schedule of seed " + seed, failure);
        }
    }

    private static final class Schedule {
        private final Path temp;
        private final long capBytes;
        private final WhenFull whenFull;
        private final Random random;
        private final ManualClock clock = new ManualClock();
        private final SharedTopic topic = new SharedTopic();
        private final Map<RequestId, Outcome> expected = new HashMap<>();
        private final List<Map<Long, JournalWriter>> open = List.of(new HashMap<>(), new HashMap<>());
        private int runs;
        private long dropped;
        private long next;
        private FakeShipping shipping;
        private Journals journals;

        Schedule(Path temp, long capBytes, WhenFull whenFull, Random random) {
            this.temp = temp;
            this.capBytes = capBytes;
            this.whenFull = whenFull;
            this.random = random;
            start(temp.resolve("run-0"));
        }

        /** Returns how many events were given up. */
        long run() {
            for (int step = 0; step < STEPS; step++) {
                step();
            }
            crash();
            Eventually.until("shipped", () -> {
                journals.shipper().pass();
                shipping.keep(1_000);
                return journals.state().unshippedRecords() == 0;
            });
            dropped += journals.state().droppedRecords();
            journals.close();
            Kept kept = dropped == 0 ? Kept.of(topic.events()).hasNoGaps() : Kept.of(topic.events());
            Map<RequestId, Outcome> outcomes = kept.outcomes();
            assertThat(expected.size() - outcomes.size()).isBetween(0, (int) dropped);
            expected.keySet().retainAll(outcomes.keySet());
            assertThat(outcomes).isEqualTo(expected);
            return dropped;
        }

        private void step() {
            int choice = random.nextInt(100);
            if (choice < 30) {
                openOne();
            } else if (choice < 55) {
                closeOne();
            } else if (choice < 62) {
                long number = next++;
                journals.writer(random.nextInt(2)).closed(SampleEvents.refused(number));
                expected.put(SampleEvents.id(number), Outcome.REFUSED);
            } else if (choice < 72) {
                journals.storage().replenish();
            } else if (choice < 82) {
                journals.shipper().pass();
            } else if (choice < 91) {
                shipping.keep(random.nextInt(30));
            } else if (choice < 93) {
                shipping.keepSilentlyAndFail(random.nextInt(10));
            } else if (choice < 95) {
                journals.examination().run();
            } else if (choice < 99) {
                clock.advance(Duration.ofSeconds(random.nextInt(20)));
                journals.shipper().free();
            } else {
                crash();
            }
        }

        private void openOne() {
            int loop = random.nextInt(2);
            long number = next++;
            journals.writer(loop).opened(SampleEvents.interrupted(number));
            open.get(loop).put(number, journals.writer(loop));
            expected.put(SampleEvents.id(number), Outcome.INTERRUPTED);
        }

        private void closeOne() {
            Map<Long, JournalWriter> loop = open.get(random.nextInt(2));
            if (!loop.isEmpty()) {
                List<Long> numbers = new ArrayList<>(loop.keySet());
                long number = numbers.get(random.nextInt(numbers.size()));
                loop.remove(number).closed(SampleEvents.completed(number));
                expected.put(SampleEvents.id(number), Outcome.COMPLETED);
            }
        }

        private void crash() {
            // What is in memory only may be lost: the documented exception, not the subject here.
            journals.storage().replenish();
            Path before = temp.resolve("run-" + runs++);
            Path after = Directories.copy(before, temp.resolve("run-" + runs));
            dropped += journals.state().droppedRecords();
            journals.close();
            open.forEach(Map::clear);
            start(after);
        }

        private void start(Path directory) {
            directory.getParent().toFile().mkdirs();
            shipping = FakeShipping.holding(topic);
            journals = Journals.prepare(
                    new JournalSettings(directory, 2, SEGMENT, capBytes, Duration.ZERO).withWhenFull(whenFull),
                    shipping,
                    event -> {},
                    clock);
        }
    }
}
