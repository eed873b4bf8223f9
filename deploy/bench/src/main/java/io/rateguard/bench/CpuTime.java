package io.rateguard.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Processor time of a process, user and system, as the kernel counts it: in hundredths of a second. */
public final class CpuTime {

    private static final long MICROS_PER_TICK = 10_000;
    private static final int USER = 11;
    private static final int SYSTEM = 12;

    private CpuTime() {}

    public static long micros(long pid) {
        try {
            return read(Path.of("/proc/" + pid + "/stat"));
        } catch (IOException gone) {
            throw new UncheckedIOException("process " + pid + " has ended", gone);
        }
    }

    /** By the names of its threads, the numbers in them left out; threads that have ended are missing. */
    public static Map<String, Long> microsByThread(long pid) {
        Map<String, Long> micros = new TreeMap<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                try {
                    String name =
                            Files.readString(thread.resolve("comm")).strip().replaceAll("[-#]?\\d+", "");
                    micros.merge(name, read(thread.resolve("stat")), Long::sum);
                } catch (NoSuchFileException ended) {
                    // Between listing and reading.
                }
            }
            return micros;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static long read(Path stat) throws IOException {
        String line = Files.readString(stat);
        // The name in brackets may hold spaces; what follows does not.
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) * MICROS_PER_TICK;
    }
}
