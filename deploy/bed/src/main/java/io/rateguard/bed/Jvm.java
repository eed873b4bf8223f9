package io.rateguard.bed;

import io.rateguard.embedded.Signals;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Java process that speaks in lines and ends when told to, or with this one. All get the JVM options that the
 * product's launcher gives the proxy.
 */
public final class Jvm implements AutoCloseable {

    private static final int STOP_SECONDS = 20;
    private static final String LOGGING = "io/rateguard/bed/logback.xml";

    private final String name;
    private final Process process;
    private final BufferedReader says;
    private final Writer hears;

    private Jvm(String name, Process process) {
        this.name = name;
        this.process = process;
        this.says = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.hears = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Runs code of this process's class path; what it says on standard output is read by {@link #line()}. */
    public static Jvm speaking(String name, List<String> mainAndArguments, Path log) {
        ProcessBuilder builder =
                builder(ownClassPath(), List.of("-Dlogback.configurationFile=" + LOGGING), mainAndArguments, log);
        return start(name, builder);
    }

    /** Runs a program of its own, with its libraries beside its jar; all it prints goes to the log. */
    public static Jvm silent(String name, Path jar, String mainClass, Map<String, String> environment, Path log) {
        ProcessBuilder builder = builder(
                        jar + File.pathSeparator + ownCode(),
                        List.of(),
                        List.of(FollowingMain.class.getName(), mainClass),
                        log)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return start(name, builder);
    }

    /** Where the classes of this module alone are: what stands beside a program's own class path. */
    private static Path ownCode() {
        return Path.of(FollowingMain.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    private static ProcessBuilder builder(
            String classPath, List<String> options, List<String> mainAndArguments, Path log) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Duser.timezone=UTC",
                "-Xmx512m"));
        command.addAll(options);
        command.add("-cp");
        command.add(classPath);
        command.addAll(mainAndArguments);
        return new ProcessBuilder(command)
                .directory(log.resolveSibling(".").toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    private static Jvm start(String name, ProcessBuilder builder) {
        try {
            return new Jvm(name, builder.start());
        } catch (IOException failure) {
            throw new UncheckedIOException(name + " cannot be started", failure);
        }
    }

    /** Absolute, as the child has another working directory. */
    private static String ownClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the next line of its standard output. */
    public String line() {
        try {
            String line = says.readLine();
            if (line == null) {
                throw new IllegalStateException(name + " ended; see its log");
            }
            return line;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public void tell(String line) {
        try {
            hears.write(line + "\n");
            hears.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(name + " does not listen", failure);
        }
    }

    /** Ends it at once, as the kernel would. */
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Freezes it: connections stay open, nothing answers. */
    public void pause() {
        Signals.send("STOP", List.of(pid()));
    }

    public void resume() {
        Signals.send("CONT", List.of(pid()));
    }

    /** Lets go of its input, which ends it; kills it when that does not help. */
    @Override
    public void close() {
        try {
            hears.close();
        } catch (IOException alreadyGone) {
            // It is about to end anyway.
        }
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
