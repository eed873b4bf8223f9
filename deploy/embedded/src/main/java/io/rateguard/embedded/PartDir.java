package io.rateguard.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The folder of one part: what it remembers between starts, who owns it, which process serves it. */
final class PartDir implements AutoCloseable {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long LOG_KEPT_BYTES = 16L << 20;

    private final String part;
    private final Path path;
    private final Path log;
    private @Nullable FileChannel ownership;

    /** Takes the folder for this JVM; it stays taken until {@link #close()}, or until the JVM ends. */
    PartDir(Path dataDir, String part) {
        this.part = part;
        path = dataDir.resolve(part);
        Path logs = dataDir.resolve("logs");
        log = logs.resolve(part + ".log");
        try {
            createPrivate(dataDir);
            createPrivate(path);
            createPrivate(logs);
            ownership = own();
        } catch (IOException failure) {
            throw new EmbeddedPartException(part + ": cannot prepare " + path + ": " + failure, failure);
        }
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    Path log() {
        return log;
    }

    int port(String name, int requested) {
        if (requested != 0) {
            write(name, Integer.toString(requested));
            return requested;
        }
        return Integer.parseInt(remembered(name, () -> Integer.toString(Ports.claimFree())));
    }

    String password(@Nullable String given) {
        if (given != null) {
            return given;
        }
        byte[] secret = new byte[20];
        RANDOM.nextBytes(secret);
        return remembered("password", () -> HexFormat.of().formatHex(secret));
    }

    /** Writes a file only the owner may read. */
    void write(String name, String text) {
        try {
            Path fresh = path.resolve(name + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, text);
            Files.move(fresh, path.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new EmbeddedPartException(part + ": cannot write " + path.resolve(name) + ": " + failure, failure);
        }
    }

    /** The process that a previous owner left running, if it still is. */
    @Nullable
    ProcessHandle orphan() {
        Path file = path.resolve("pid");
        if (!Files.exists(file)) {
            return null;
        }
        String[] words = read(file).split(" ");
        if (words.length != 2) {
            return null;
        }
        return ProcessHandle.of(Long.parseLong(words[0]))
                .filter(ProcessHandle::isAlive)
                .filter(handle -> Math.abs(startMillis(handle) - Long.parseLong(words[1])) < 2_000)
                .orElse(null);
    }

    void remember(ProcessHandle process) {
        write("pid", process.pid() + " " + startMillis(process));
    }

    /** Opens a fresh log when the last one has grown large; one old log is kept. */
    void rotateLog() {
        try {
            if (Files.exists(log) && Files.size(log) > LOG_KEPT_BYTES) {
                Files.move(log, log.resolveSibling(part + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException failure) {
            throw new EmbeddedPartException(part + ": cannot rotate " + log + ": " + failure, failure);
        }
    }

    @Override
    public void close() {
        try {
            if (ownership != null) {
                ownership.close();
                ownership = null;
            }
        } catch (IOException failure) {
            throw new EmbeddedPartException(part + ": cannot release " + path + ": " + failure, failure);
        }
    }

    private FileChannel own() throws IOException {
        Path file = path.resolve("owner.lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException sameJvm) {
            // Said below, as for another process.
        }
        channel.close();
        throw new EmbeddedPartException(
                part + ": " + path + " is in use by another owner (stop that one, or use another data dir)");
    }

    private String remembered(String name, Supplier<String> first) {
        Path file = path.resolve(name);
        if (!Files.exists(file)) {
            write(name, first.get());
        }
        return read(file);
    }

    private String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw new EmbeddedPartException(part + ": cannot read " + file + ": " + failure, failure);
        }
    }

    private static long startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static void createPrivate(Path dir) throws IOException {
        if (!Files.isDirectory(dir)) {
            Files.createDirectories(
                    dir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx------"));
    }
}
