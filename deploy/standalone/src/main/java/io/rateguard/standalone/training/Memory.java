package io.rateguard.standalone.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux says of this machine's memory. */
final class Memory {

    private static final String AVAILABLE = "MemAvailable:";

    private Memory() {}

    /** What programs can still take without pushing others out; 0 when that is not known. */
    static long availableBytes() {
        try {
            return availableBytes(Files.readAllLines(Path.of("/proc/meminfo")));
        } catch (IOException unknown) {
            return 0;
        }
    }

    static long availableBytes(List<String> meminfo) {
        for (String line : meminfo) {
            String[] words = line.split("\\s+");
            if (words.length > 1 && words[0].equals(AVAILABLE)) {
                return Long.parseLong(words[1]) << 10;
            }
        }
        return 0;
    }
}
