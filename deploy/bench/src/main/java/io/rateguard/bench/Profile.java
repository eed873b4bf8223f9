package io.rateguard.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the proxy's Java code spends its processor time: each sample is counted for the innermost frame that belongs to
 * one of our features, else for the library it is in.
 */
record Profile(long samples, Map<String, Long> byPhase, Map<String, Long> byMethod) {

    private static final String SAMPLE = "jdk.CPUTimeSample";
    private static final String OURS = "io.rateguard.";
    private static final int SHOWN_METHODS = 30;

    /** Records a process from now until it ends. */
    static void start(long pid, Path file) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "JFR.start",
                "settings=profile",
                "dumponexit=true",
                "filename=" + file,
                SAMPLE + "#enabled=true");
        try {
            Process asking = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (asking.waitFor() != 0) {
                throw new IllegalStateException("process " + pid + " cannot be recorded");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    static Profile of(Path file) throws IOException {
        Map<String, Long> phases = new HashMap<>();
        Map<String, Long> methods = new HashMap<>();
        long samples = 0;
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                RecordedStackTrace stack = event.getStackTrace();
                if (!event.getEventType().getName().equals(SAMPLE) || stack == null) {
                    continue;
                }
                List<String> frames = new ArrayList<>();
                for (RecordedFrame frame : stack.getFrames()) {
                    frames.add(frame.getMethod().getType().getName() + "."
                            + frame.getMethod().getName());
                }
                if (frames.isEmpty()) {
                    continue;
                }
                samples++;
                phases.merge(phase(frames), 1L, Long::sum);
                methods.merge(frames.getFirst(), 1L, Long::sum);
            }
        }
        return new Profile(samples, phases, methods);
    }

    String markdown() {
        StringBuilder text =
                new StringBuilder("Samples of processor time: " + samples + "\n\n| phase | share |\n|---|--:|\n");
        rows(text, byPhase, Integer.MAX_VALUE);
        text.append("\n| method | share |\n|---|--:|\n");
        rows(text, byMethod, SHOWN_METHODS);
        return text.toString();
    }

    private void rows(StringBuilder text, Map<String, Long> counts, int most) {
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(most)
                .forEach(entry -> text.append(String.format(
                        Locale.ROOT, "| %s | %.1f %% |%n", entry.getKey(), 100.0 * entry.getValue() / samples)));
    }

    /** What the innermost frame of ours is about; without one, whose thread it is. */
    static String phase(List<String> framesInnermostFirst) {
        for (String frame : framesInnermostFirst) {
            if (frame.startsWith(OURS)) {
                return ours(frame)
                        + (isDeepIn("org.redisson.", framesInnermostFirst, frame) ? " → Redisson" : "")
                        + (isDeepIn("reactor.netty.", framesInnermostFirst, frame) ? " → Reactor Netty" : "");
            }
        }
        for (String library :
                List.of("org.redisson.", "org.apache.kafka.", "reactor.netty.", "io.netty.", "reactor.")) {
            if (framesInnermostFirst.stream().anyMatch(frame -> frame.startsWith(library))) {
                return library.substring(0, library.length() - 1);
            }
        }
        return "other";
    }

    /** {@code io.rateguard.proxy.journal.SegmentWriter.write} is about {@code proxy.journal.SegmentWriter}. */
    private static String ours(String frame) {
        String type = frame.substring(OURS.length(), frame.lastIndexOf('.'));
        int nested = type.indexOf('$');
        return nested < 0 ? type : type.substring(0, nested);
    }

    private static boolean isDeepIn(String library, List<String> frames, String ours) {
        return frames.subList(0, frames.indexOf(ours)).stream().anyMatch(frame -> frame.startsWith(library));
    }
}
