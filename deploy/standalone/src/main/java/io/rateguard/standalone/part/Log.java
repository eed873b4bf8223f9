package io.rateguard.standalone.part;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The log file of one part. */
record Log(Path file) {

    private static final long KEPT_BYTES = 16L << 20;
    private static final int QUOTED_BYTES = 3_000;

    /** Opens a fresh log when the last one has grown large; one old log is kept. */
    void rotate() throws IOException {
        if (Files.exists(file) && Files.size(file) > KEPT_BYTES) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    long size() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** The end of what was written since the log had that size. */
    String tail(long from) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(from, log.length() - QUOTED_BYTES);
            byte[] bytes = new byte[(int) Math.max(0, log.length() - start)];
            log.seek(start);
            log.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? "(nothing)" : text;
        } catch (IOException unreadable) {
            return "(" + unreadable.getMessage() + ")";
        }
    }
}
