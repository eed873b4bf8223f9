package io.rateguard.proxy.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.event.RequestEventJson;
import io.rateguard.proxy.journal.EventShipping.RecordedEvent;
import io.rateguard.proxy.journal.FakeShipping.SharedTopic;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class KilledProcessIT {

    private static final int LINES_BEFORE_THE_KILL = 40_000;

    private final Map<String, String> idOfPlace = new HashMap<>();
    private final Set<Long> opened = new HashSet<>();
    private final Set<Long> closed = new HashSet<>();
    private int cutLines;

    @TempDir
    private Path temp;

    @RepeatedTest(3)
    void shipsEverythingThatAKilledProcessHadWritten() throws Exception {
        Path directory = temp.resolve("journal");
        runUntilKilled(directory);
        assertThat(closed).isNotEmpty();

        SharedTopic topic = new SharedTopic();
        JournalSettings settings = new JournalSettings(directory, 1, 1 << 20, 64 << 20, Duration.ofSeconds(5));
        try (Journals journals = Journals.open(settings, FakeShipping.keeping(topic), event -> {})) {
            Eventually.until("shipped", () -> journals.state().unshippedRecords() == 0);
        }

        topic.events().forEach(this::shipped);
        Set<String> ids = new HashSet<>(idOfPlace.values());
        assertThat(idOfPlace).as("one place for each request").hasSameSizeAs(ids);
        assertThat(ids).containsAll(idsOf(closed)).containsAll(idsOf(opened));
        assertThat(cutLines).isLessThanOrEqualTo(1);
    }

    private void runUntilKilled(Path directory) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                KilledWriter.class.getName(),
                directory.toString()));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader lines = process.inputReader()) {
            for (int i = 0; i < LINES_BEFORE_THE_KILL; i++) {
                said(lines.readLine());
            }
            process.toHandle().destroyForcibly();
            // What was said before the kill may still be in the pipe.
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said(line);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private void said(String line) {
        String[] words = line.split(" ");
        if (words.length == 2 && words[0].equals("opened")) {
            opened.add(Long.valueOf(words[1]));
        } else if (words.length == 2 && words[0].equals("closed")) {
            closed.add(Long.valueOf(words[1]));
        } else if (words.length == 4 && words[3].length() == 30) {
            shipped(words[1] + " " + words[2], words[3]);
        } else {
            cutLines++;
        }
    }

    private void shipped(RecordedEvent event) {
        shipped(
                event.journal() + " " + event.sequence(),
                RequestEventJson.decode(event.json()).requestId().value());
    }

    private void shipped(String place, String id) {
        String before = idOfPlace.put(place, id);
        assertThat(before == null || before.equals(id)).as(place).isTrue();
    }

    private static List<String> idsOf(Set<Long> numbers) {
        return numbers.stream()
                .mapToLong(Long::longValue)
                .mapToObj(each -> SampleEvents.id(each).value())
                .toList();
    }
}
