package io.rateguard.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A command as a person would type it, and what it said. */
record Command(List<String> words, Path folder, Map<String, String> environment) {

    private static final Duration MOST = Duration.ofMinutes(2);

    static Command shell(String script, Map<String, String> environment) {
        return new Command(List.of("bash", "-euo", "pipefail", "-c", script), Document.ROOT, environment);
    }

    /** Fails unless the command succeeds. */
    String run() {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> read(process));
            if (!process.waitFor(MOST.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(words + " took longer than " + MOST + ": " + said.join());
            }
            if (process.exitValue() != 0) {
                throw new AssertionError(words + " ended with " + process.exitValue() + ": " + said.join());
            }
            return said.join();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
