package io.rateguard.bed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Where the comparison ran, and how busy the place was before it began. */
public record Machine(String processor, int cores, long memoryGiB, String kernel, String java, double loadBefore) {

    public static Machine here() {
        return new Machine(
                value("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                Long.parseLong(value("/proc/meminfo", "MemTotal").split(" ")[0]) >> 20,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.vendor") + " " + System.getProperty("java.version"),
                Double.parseDouble(lines("/proc/loadavg").getFirst().split(" ")[0]));
    }

    public String described() {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %d GiB; %s; %s; load average before: %.1f",
                processor,
                cores,
                memoryGiB,
                kernel,
                java,
                loadBefore);
    }

    private static String value(String file, String name) {
        return lines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("0 unknown");
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
