package io.rateguard.embedded.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What a part's own JVM owes the JVM that started it: to say when it is ready, and to go when its parent is gone. */
public final class ChildLife {

    public static final String PARENT_VARIABLE = "RATEGUARD_PARENT_PID";
    public static final String READY_VARIABLE = "RATEGUARD_READY_FILE";

    private ChildLife() {}

    /** Ends this JVM, through its shutdown hooks, as soon as the parent has ended. */
    public static void endWithParent() {
        long parent = Long.parseLong(variable(PARENT_VARIABLE));
        ProcessHandle.of(parent)
                .ifPresentOrElse(
                        handle -> {
                            var _ = handle.onExit().thenRun(() -> System.exit(0));
                        },
                        () -> System.exit(0));
    }

    /** Tells the parent that this part answers now. */
    public static void ready() throws IOException {
        Path file = Path.of(variable(READY_VARIABLE));
        Path fresh = file.resolveSibling("ready.new");
        Files.writeString(fresh, Long.toString(ProcessHandle.current().pid()));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String variable(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set (expected: set by the process that starts this part)");
        }
        return value;
    }
}
