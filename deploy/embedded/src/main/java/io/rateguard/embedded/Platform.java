package io.rateguard.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where embedded parts can run. */
final class Platform {

    private Platform() {}

    static void require(String part) {
        if (!isLinuxAmd64()) {
            throw new EmbeddedPartException(part + ": embedded parts run on Linux x86-64 only, this is "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                    + "; give the URL of a running server instead");
        }
    }

    static boolean isLinuxAmd64() {
        String arch = System.getProperty("os.arch", "");
        return "Linux".equals(System.getProperty("os.name")) && (arch.equals("amd64") || arch.equals("x86_64"));
    }

    static boolean hasGlibc() {
        return Stream.of("/lib64/ld-linux-x86-64.so.2", "/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2")
                .anyMatch(loader -> Files.exists(Path.of(loader)));
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
