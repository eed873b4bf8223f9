package io.rateguard.embedded;

import io.rateguard.embedded.child.ChildLife;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a part that is a Java program is launched, and how it says that it is ready. */
final class JvmChild {

    private final PartDir dir;
    private final String classPath;
    private final List<String> jvmOptions;

    JvmChild(PartDir dir, Settings settings) {
        this.dir = dir;
        this.classPath = absolute(settings.classPath());
        this.jvmOptions = settings.jvmOptions();
    }

    void prepare() throws IOException {
        Files.deleteIfExists(readyFile());
    }

    List<String> command(List<String> options, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Duser.timezone=UTC",
                "-Dlogback.configurationFile=io/rateguard/embedded/child-logback.xml"));
        command.addAll(options);
        command.addAll(jvmOptions);
        command.add(mainClass);
        command.addAll(List.of(arguments));
        return command;
    }

    /** The class path travels in the environment: it is often longer than an argument should be. */
    Map<String, String> environment() {
        return Map.of(
                "CLASSPATH",
                classPath,
                "TZ",
                "UTC",
                ChildLife.PARENT_VARIABLE,
                Long.toString(ProcessHandle.current().pid()),
                ChildLife.READY_VARIABLE,
                readyFile().toString());
    }

    boolean isReady(long pid) {
        try {
            return Files.exists(readyFile()) && Files.readString(readyFile()).equals(Long.toString(pid));
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** The child has another working directory. */
    private static String absolute(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Path readyFile() {
        return dir.resolve("ready");
    }
}
