package io.rateguard.standalone.data;

import io.rateguard.standalone.StandaloneException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The folder that holds all data of one installation, taken by this JVM until it is closed or the JVM ends. */
public final class DataDir implements AutoCloseable {

    private static final String LOCK = "up.lock";

    private final Path path;
    private final FileChannel lock;

    private DataDir(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** @throws StandaloneException when the folder cannot be used, naming it and why */
    public static DataDir take(Path given) {
        Path path = given.toAbsolutePath().normalize();
        try {
            if (Files.isDirectory(path)) {
                requireOurs(path, given);
            }
            Files.createDirectories(path, PosixFilePermissions.asFileAttribute(privateDir()));
            FileChannel lock = lock(path, given);
            Files.setPosixFilePermissions(path, privateDir());
            Files.createDirectories(path.resolve("logs"), PosixFilePermissions.asFileAttribute(privateDir()));
            return new DataDir(path, lock);
        } catch (FileAlreadyExistsException file) {
            throw new StandaloneException("--data-dir: " + given + " is a file (expected: a folder)", file);
        } catch (IOException failed) {
            throw new StandaloneException(
                    "--data-dir: " + given + " cannot be written (" + reason(failed) + "; expected: a writable folder)",
                    failed);
        }
    }

    public Path path() {
        return path;
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    public Path log(String part) {
        return path.resolve("logs").resolve(part + ".log");
    }

    /** A short text kept from an earlier start, if there was one. */
    public Optional<String> recall(String name) {
        Path file = path.resolve(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException failed) {
            throw new StandaloneException("cannot read " + file + ": " + failed.getMessage(), failed);
        }
    }

    public String recall(String name, Supplier<String> first) {
        return recall(name).orElseGet(() -> {
            String text = first.get();
            keep(name, text);
            return text;
        });
    }

    public void keep(String name, String text) {
        try {
            PrivateFile.write(path.resolve(name), text);
        } catch (IOException failed) {
            throw new StandaloneException("cannot write " + path.resolve(name) + ": " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException failed) {
            throw new StandaloneException("cannot release " + path + ": " + failed.getMessage(), failed);
        }
    }

    /** The mode of a folder that is someone else's must not change, and nothing be mixed into it. */
    private static void requireOurs(Path path, Path given) throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            if (!Files.exists(path.resolve(LOCK)) && entries.findAny().isPresent()) {
                throw new StandaloneException("--data-dir: " + given
                        + " holds something else (expected: a new or empty folder, or one that ./rateguard up made)");
            }
        }
    }

    private static FileChannel lock(Path path, Path given) throws IOException {
        Path file = path.resolve(LOCK);
        if (!Files.exists(file)) {
            PrivateFile.write(file, "");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean taken;
        try {
            taken = channel.tryLock() != null;
        } catch (OverlappingFileLockException sameJvm) {
            taken = false;
        }
        if (!taken) {
            String owner = Files.readString(file).strip();
            channel.close();
            throw new StandaloneException("--data-dir: " + given + " is in use by another ./rateguard up (process "
                    + owner + "); stop that one, or use another folder");
        }
        byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
        channel.truncate(0).write(ByteBuffer.wrap(pid));
        return channel;
    }

    private static String reason(IOException failed) {
        return switch (failed) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "no such file or folder";
            case FileSystemException told when told.getReason() != null -> told.getReason();
            default -> String.valueOf(failed.getMessage());
        };
    }

    private static Set<PosixFilePermission> privateDir() {
        return PosixFilePermissions.fromString("rwx------");
    }
}
