package io.rateguard.standalone.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A jar as the build makes it: what is in it has a fixed time. */
final class BuiltJar {

    private static final LocalDateTime BUILT = LocalDateTime.of(2026, 11, 1, 0, 0);

    private BuiltJar() {}

    static void write(Path jar, String name, String text) throws IOException {
        Files.createDirectories(jar.getParent());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            ZipEntry entry = new ZipEntry(name);
            entry.setTimeLocal(BUILT);
            zip.putNextEntry(entry);
            zip.write(text.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
    }
}
