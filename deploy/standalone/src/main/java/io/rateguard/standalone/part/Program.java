package io.rateguard.standalone.part;

import io.rateguard.standalone.child.FollowingMain;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Java program of the product and how its JVM is set up. Settings and secrets travel in the environment, never on the
 * command line.
 *
 * @param jar the program's jar, with its libraries beside it
 * @param follower the jar that makes the program end with its launcher
 */
public record Program(
        Path jar,
        Path follower,
        String mainClass,
        List<String> jvmOptions,
        List<String> arguments,
        Map<String, String> environment) {

    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    public Program {
        jvmOptions = List.copyOf(jvmOptions);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** For programs where starting fast and staying small matter more than speed. */
    public static List<String> small(String maxHeap) {
        List<String> options = new ArrayList<>(SMALL);
        options.add("-Xmx" + maxHeap);
        return options;
    }

    /** Starts the program; all it prints goes to the end of the log. */
    Process launch(Path workDir, Path log) throws IOException {
        // In a session of its own: Ctrl-C at the terminal reaches the launcher only, which stops the parts in order.
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Duser.timezone=UTC"));
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(jar + File.pathSeparator + follower);
        command.add(FollowingMain.class.getName());
        command.add(mainClass);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workDir.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Map<String, String> added = builder.environment();
        added.putAll(environment);
        added.put(
                FollowingMain.PARENT_VARIABLE,
                Long.toString(ProcessHandle.current().pid()));
        return builder.start();
    }

    /** The environment holds secrets. */
    @Override
    public String toString() {
        return mainClass + " of " + jar;
    }
}
