package io.rateguard.standalone.child;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/** Runs another main class in a JVM that ends, through its shutdown hooks, soon after the JVM that started it has. */
public final class FollowingMain {

    public static final String PARENT_VARIABLE = "RATEGUARD_PARENT_PID";

    private FollowingMain() {}

    /** @param arguments the main class, and its own arguments */
    public static void main(String[] arguments) throws Throwable {
        String parent = System.getenv(PARENT_VARIABLE);
        if (parent == null || arguments.length == 0) {
            throw new IllegalStateException(PARENT_VARIABLE + " or the main class is missing (expected: both)");
        }
        ProcessHandle.of(Long.parseLong(parent))
                .ifPresentOrElse(
                        handle -> {
                            var _ = handle.onExit().thenRun(() -> System.exit(0));
                        },
                        () -> System.exit(0));
        try {
            Method main = Class.forName(arguments[0]).getDeclaredMethod("main", String[].class);
            // As the java command does it: the class need not be public.
            main.setAccessible(true);
            main.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException failed) {
            throw failed.getCause() == null ? failed : failed.getCause();
        }
    }
}
