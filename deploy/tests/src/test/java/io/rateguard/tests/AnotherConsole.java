package io.rateguard.tests;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A console beside the product's own, started as that one was, with a port of its own. */
final class AnotherConsole implements AutoCloseable {

    private final Process process;
    private final int port;

    private AnotherConsole(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** One that is ready. */
    static AnotherConsole beside(RunningProduct product) throws IOException {
        Path own = Path.of("/proc", Long.toString(product.pid("console")));
        int port = freePort();
        int management = freePort();
        ProcessBuilder builder = new ProcessBuilder(
                        texts(own.resolve("cmdline")).toList())
                .directory(own.resolve("cwd").toRealPath().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment(own));
        builder.environment().put("RATEGUARD_CONSOLE_PORT", Integer.toString(port));
        builder.environment().put("RATEGUARD_MANAGEMENT_PORT", Integer.toString(management));
        AnotherConsole console = new AnotherConsole(builder.start(), port);
        product.await(
                "another console", Duration.ofMinutes(1), () -> product.isReady("http://127.0.0.1:" + management));
        return console;
    }

    int port() {
        return port;
    }

    /** As the kernel would. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    private static Map<String, String> environment(Path process) throws IOException {
        return texts(process.resolve("environ"))
                .map(entry -> entry.split("=", 2))
                .collect(Collectors.toMap(entry -> entry[0], entry -> entry[1]));
    }

    private static Stream<String> texts(Path file) throws IOException {
        return Stream.of(Files.readString(file, StandardCharsets.UTF_8).split("\0"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
