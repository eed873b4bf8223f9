package io.rateguard.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to start one embedded part.
 *
 * @param dataDir root folder; each part has a folder of its own in it, logs are in {@code logs}
 * @param port the port, or 0 for the one remembered in the data dir (at first a free one)
 * @param password null for one generated and kept in the data dir
 * @param classPath class path of the parts that run in a JVM of their own
 * @param jvmOptions further options of those JVMs
 * @param stopWithin how long a clean stop may take before it is forced
 * @param durable false trades durability for speed, for data that is thrown away
 */
public record Settings(
        Path dataDir,
        int port,
        @Nullable String password,
        String classPath,
        List<String> jvmOptions,
        Duration stopWithin,
        boolean durable) {

    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

    public Settings {
        dataDir = dataDir.toAbsolutePath().normalize();
        jvmOptions = List.copyOf(jvmOptions);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
        }
        if (password != null && !password.matches("[A-Za-z0-9_.~-]{8,128}")) {
            throw new IllegalArgumentException("password: (expected: 8 to 128 letters, digits or _ . ~ -)");
        }
    }

    /** Durable, on a remembered port, with a generated password and this JVM's class path. */
    public static Settings in(Path dataDir) {
        return new Settings(dataDir, 0, null, System.getProperty("java.class.path", ""), List.of(), STOP_WITHIN, true);
    }

    public Settings withPort(int port) {
        return new Settings(dataDir, port, password, classPath, jvmOptions, stopWithin, durable);
    }

    public Settings withPassword(String password) {
        return new Settings(dataDir, port, password, classPath, jvmOptions, stopWithin, durable);
    }

    public Settings withClassPath(String classPath) {
        return new Settings(dataDir, port, password, classPath, jvmOptions, stopWithin, durable);
    }

    public Settings withJvmOptions(List<String> jvmOptions) {
        return new Settings(dataDir, port, password, classPath, jvmOptions, stopWithin, durable);
    }

    public Settings withStopWithin(Duration stopWithin) {
        return new Settings(dataDir, port, password, classPath, jvmOptions, stopWithin, durable);
    }

    public Settings withDurable(boolean durable) {
        return new Settings(dataDir, port, password, classPath, jvmOptions, stopWithin, durable);
    }

    @Override
    public String toString() {
        return "Settings[dataDir=%s, port=%s, durable=%s]".formatted(dataDir, port, durable);
    }
}
