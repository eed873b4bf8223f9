package io.rateguard.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * Folders of unpacked binaries under the user's home, filled once: whole or not at all, also when several processes want
 * the same one at once.
 */
final class Cache {

    /** Puts the content of an entry into an empty folder. */
    interface Filling {
        void into(Path folder) throws IOException;
    }

    private final Path root;

    Cache(Path root) {
        this.root = root;
    }

    /** {@code RATEGUARD_CACHE_DIR}, else {@code .cache/rateguard} in the user's home. */
    static Cache ofUser() {
        String given = System.getenv("RATEGUARD_CACHE_DIR");
        return new Cache(
                given != null ? Path.of(given) : Path.of(System.getProperty("user.home"), ".cache", "rateguard"));
    }

    Path root() {
        return root;
    }

    Path folder(String name, Filling filling) throws IOException {
        Path target = root.resolve(name);
        if (Files.isDirectory(target)) {
            return target;
        }
        Files.createDirectories(root);
        // File locks are held per JVM, hence the monitor as well.
        synchronized (Cache.class) {
            try (FileChannel channel = FileChannel.open(
                            root.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                return Files.isDirectory(target) ? target : fill(target, filling);
            }
        }
    }

    private Path fill(Path target, Filling filling) throws IOException {
        try (DirectoryStream<Path> abandoned = Files.newDirectoryStream(root, target.getFileName() + ".part*")) {
            for (Path each : abandoned) {
                deleteTree(each);
            }
        }
        Path part = Files.createTempDirectory(root, target.getFileName() + ".part");
        try {
            filling.into(part);
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            return target;
        } finally {
            deleteTree(part);
        }
    }

    /** The bytes of a class path resource, with their digest. */
    record Resource(byte[] bytes, String sha256) {

        static Resource of(String name) throws IOException {
            try (InputStream in = Cache.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new EmbeddedPartException("not on the class path: " + name);
                }
                byte[] bytes = in.readAllBytes();
                return new Resource(
                        bytes, HexFormat.of().formatHex(digest("SHA-256").digest(bytes)));
            }
        }

        String shortDigest() {
            return sha256.substring(0, 16);
        }
    }

    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    static void deleteTree(Path top) throws IOException {
        if (!Files.exists(top)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(top)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
