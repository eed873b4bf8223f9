package io.rateguard.bed;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/** Runs another main class in a JVM that ends, through its shutdown hooks, when its standard input does. */
public final class FollowingMain {

    private FollowingMain() {}

    /** @param arguments the main class, and its own arguments */
    public static void main(String[] arguments) throws Throwable {
        Thread.ofPlatform().daemon().name("following").start(FollowingMain::endWithInput);
        try {
            Method main = Class.forName(arguments[0]).getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException failed) {
            throw failed.getCause() == null ? failed : failed.getCause();
        }
    }

    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said to a process that only follows.
            }
        } catch (IOException closed) {
            // As good as ended.
        }
        System.exit(0);
    }
}
