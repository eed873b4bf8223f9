package io.rateguard.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to start one embedded part.
 *
 * @param dataDir root folder; each part has a folder of its own in it, logs are in {@code logs}
 * @param port the port, or 0 for the one remembered in the data dir (at first a free one)
 * @param password null for one generated and kept in the data dir
 * @param classPath class path of the parts that run in a JVM of their own
 * @param durable false trades durability for speed, for data that is thrown away
 */
public record Settings(Path dataDir, int port, @Nullable String password, String classPath, boolean durable) {

    public Settings {
        dataDir = dataDir.toAbsolutePath().normalize();
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
        }
        if (password != null && !password.matches("[A-Za-z0-9_.~-]{8,128}")) {
            throw new IllegalArgumentException("password: (expected: 8 to 128 letters, digits or _ . ~ -)");
        }
    }

    /** Durable, on a remembered port, with a generated password and this JVM's class path. */
    public static Settings in(Path dataDir) {
        return new Settings(dataDir, 0, null, System.getProperty("java.class.path", ""), true);
    }

    public Settings withPort(int port) {
        return new Settings(dataDir, port, password, classPath, durable);
    }

    public Settings withPassword(String password) {
        return new Settings(dataDir, port, password, classPath, durable);
    }

    public Settings withClassPath(String classPath) {
        return new Settings(dataDir, port, password, classPath, durable);
    }

    public Settings withDurable(boolean durable) {
        return new Settings(dataDir, port, password, classPath, durable);
    }

    @Override
    public String toString() {
        return "Settings[dataDir=%s, port=%s, durable=%s]".formatted(dataDir, port, durable);
    }
}
