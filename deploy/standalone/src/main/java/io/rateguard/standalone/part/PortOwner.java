package io.rateguard.standalone.part;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Says which process listens on a port, as far as Linux lets this user see it. */
public final class PortOwner {

    private static final String LISTENING = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private PortOwner() {}

    /** Such as {@code java (process 4711)}. */
    public static Optional<String> of(int port) {
        try {
            Optional<String> inode = inode(port);
            return inode.isEmpty() ? Optional.empty() : holder("socket:[" + inode.get() + "]");
        } catch (IOException | UncheckedIOException hidden) {
            return Optional.empty();
        }
    }

    private static Optional<String> inode(int port) throws IOException {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] columns = line.strip().split("\\s+");
                if (columns.length > INODE
                        && columns[LOCAL_ADDRESS].endsWith(suffix)
                        && columns[STATE].equals(LISTENING)) {
                    return Optional.of(columns[INODE]);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> holder(String socket) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(path -> path.getFileName().toString().matches("\\d+"))
                    .filter(process -> holds(process, socket))
                    .findFirst()
                    .map(process -> name(process) + " (process " + process.getFileName() + ")");
        }
    }

    private static boolean holds(Path process, String socket) {
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            return files.anyMatch(file -> {
                try {
                    return Files.readSymbolicLink(file).toString().equals(socket);
                } catch (IOException gone) {
                    return false;
                }
            });
        } catch (IOException | UncheckedIOException hidden) {
            return false;
        }
    }

    private static String name(Path process) {
        try {
            return Files.readString(process.resolve("comm")).strip();
        } catch (IOException gone) {
            return "a program";
        }
    }
}
