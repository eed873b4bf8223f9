package io.rateguard.proxy.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.event.EventJson;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.id.RequestId;
import io.rateguard.proxy.journal.EventShipping.RecordedEvent;
import io.rateguard.proxy.journal.FakeShipping.SharedTopic;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Crashes, by copies of the directory; no thread runs, so each copy is one moment. */
class RecoveryTest {

    private final ManualClock clock = new ManualClock();
    private int copies;

    @TempDir
    private Path temp;

    @Test
    void recoversFromACrashAfterEachRecord() {
        Map<RequestId, Outcome> expected = new HashMap<>();
        Journals journals = prepare(temp.resolve("run"), FakeShipping.holding(new SharedTopic()));
        JournalWriter writer = journals.writer(0);
        for (int i = 0; i < 30; i++) {
            writer.opened(SampleEvents.interrupted(i));
            expected.put(SampleEvents.id(i), Outcome.INTERRUPTED);
            journals.storage().replenish();
            assertThat(outcomesOf(crash())).isEqualTo(expected);

            if (i % 3 == 0) {
                writer.closed(SampleEvents.refused(1000 + i));
                expected.put(SampleEvents.id(1000 + i), Outcome.REFUSED);
            } else {
                writer.closed(SampleEvents.completed(i));
                expected.put(SampleEvents.id(i), Outcome.COMPLETED);
            }
            journals.storage().replenish();
            assertThat(outcomesOf(crash())).isEqualTo(expected);
        }
        journals.close();
    }

    @Test
    void goesOnBehindWhatWasTold() {
        Journals journals = prepare(temp.resolve("run"), FakeShipping.holding(new SharedTopic()));
        journals.writer(0).closed(SampleEvents.completed(1));
        journals.writer(0).opened(SampleEvents.interrupted(2));
        journals.writer(0).told(SampleEvents.crossed(1));
        Path crashed = crash();
        journals.close();
        SharedTopic topic = new SharedTopic();

        Journals recovered = prepare(crashed, FakeShipping.keeping(topic));
        drain(recovered);
        recovered.close();

        assertThat(topic.events()).extracting(RecordedEvent::sequence).containsExactly(1L, 2L, 3L);
        assertThat(EventJson.decode(topic.events().get(1).json())).isEqualTo(SampleEvents.crossed(1));
    }

    @Test
    void endsAtATornRecordWhereverItIsTorn() throws IOException {
        Journals journals = prepare(temp.resolve("run"), FakeShipping.holding(new SharedTopic()));
        journals.writer(0).closed(SampleEvents.completed(1));
        journals.writer(0).opened(SampleEvents.interrupted(2));
        journals.writer(0).closed(SampleEvents.completed(2));
        Path run = temp.resolve("run");
        Path segment = written(run);
        long start = offsetOfRecord(segment, 2);
        long end = offsetOfRecord(segment, 3);

        for (long cut = start + 1; cut < end - 8; cut += 13) {
            Path zeroed = crash();
            overwrite(zeroed.resolve(run.relativize(segment)), cut, (int) (end - cut));
            assertThat(outcomesOf(zeroed))
                    .isEqualTo(Map.of(
                            SampleEvents.id(1), Outcome.COMPLETED,
                            SampleEvents.id(2), Outcome.INTERRUPTED));

            Path shortened = crash();
            truncate(shortened.resolve(run.relativize(segment)), cut);
            assertThat(outcomesOf(shortened)).containsEntry(SampleEvents.id(2), Outcome.INTERRUPTED);
        }
        journals.close();
    }

    @Test
    void recoversTheSameAfterACrashDuringRecovery() {
        Journals journals = prepare(temp.resolve("run"), FakeShipping.holding(new SharedTopic()));
        for (int i = 0; i < 20; i++) {
            journals.writer(0).opened(SampleEvents.interrupted(i));
            if (i % 2 == 0) {
                journals.writer(0).closed(SampleEvents.completed(i));
            }
            journals.storage().replenish();
        }
        Path crashed = crash();
        journals.close();

        SharedTopic topic = new SharedTopic();
        FakeShipping silent = FakeShipping.holding(topic);
        Journals second = prepare(crashed, silent);
        second.shipper().pass();
        silent.keepSilentlyAndFail(15);
        Path again = Directories.copy(crashed, temp.resolve("again"));
        second.close();
        clock.advance(Duration.ofHours(1));
        Journals third = prepare(again, FakeShipping.keeping(topic));
        drain(third);
        third.close();

        assertThat(topic.events()).hasSizeGreaterThan(20);
        assertThat(Kept.of(topic.events()).hasNoGaps().outcomes()).hasSize(20);
    }

    @Test
    void removesALeftJournalOnceItIsShipped() {
        Journals journals = prepare(temp.resolve("run"), FakeShipping.holding(new SharedTopic()));
        journals.writer(0).opened(SampleEvents.interrupted(1));
        Path crashed = crash();
        journals.close();

        SharedTopic topic = new SharedTopic();
        Journals second = prepare(crashed, FakeShipping.keeping(topic));
        assertThat(second.state().unshippedRecords()).isEqualTo(1);
        drain(second);
        second.shipper().free();
        assertThat(Directories.files(crashed, "acknowledged")).hasSize(2);
        second.examination().run();
        second.shipper().free();
        assertThat(Directories.files(crashed, "acknowledged")).hasSize(1);
        second.close();

        assertThat(topic.events()).extracting(RecordedEvent::sequence).containsExactly(1L);
    }

    private Path crash() {
        return Directories.copy(temp.resolve("run"), temp.resolve("copy-" + copies++));
    }

    private Map<RequestId, Outcome> outcomesOf(Path crashed) {
        SharedTopic topic = new SharedTopic();
        Journals journals = prepare(crashed, FakeShipping.keeping(topic));
        drain(journals);
        journals.close();
        return Kept.of(topic.events()).hasNoGaps().outcomes();
    }

    private static void drain(Journals journals) {
        Eventually.until("shipped", () -> {
            journals.shipper().pass();
            return journals.state().unshippedRecords() == 0;
        });
    }

    private Journals prepare(Path directory, EventShipping shipping) {
        JournalSettings settings = new JournalSettings(directory, 1, 4 << 10, 1 << 30, Duration.ZERO);
        return Journals.prepare(settings, shipping, event -> {}, clock);
    }

    private static Path written(Path run) {
        List<Path> used = new ArrayList<>();
        for (Path each : Directories.files(run, ".segment")) {
            try {
                MappedSegment segment = MappedSegment.open(each);
                if (segment.number() == 1) {
                    used.add(each);
                }
                segment.unmap();
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        }
        return used.getFirst();
    }

    private static long offsetOfRecord(Path file, int index) throws IOException {
        MappedSegment segment = MappedSegment.open(file);
        long offset = JournalFormat.SEGMENT_HEADER_BYTES;
        for (int i = 0; i < index; i++) {
            offset = segment.skip(offset);
        }
        segment.unmap();
        return offset;
    }

    private static void overwrite(Path file, long from, int bytes) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(from);
            access.write(new byte[bytes]);
        }
    }

    private static void truncate(Path file, long size) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, (int) size));
    }
}
