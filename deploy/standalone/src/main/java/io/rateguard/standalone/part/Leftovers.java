package io.rateguard.standalone.part;

import io.rateguard.embedded.EmbeddedPart;
import io.rateguard.standalone.StandaloneException;
import io.rateguard.standalone.data.DataDir;
import io.rateguard.standalone.data.PrivateFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The processes that a killed launcher left behind: they are ended before the parts start again. */
public final class Leftovers {

    private static final Duration END_WITHIN = Duration.ofSeconds(12);
    private static final long START_TOLERANCE_MILLIS = 2_000;

    private Leftovers() {}

    static void remember(DataDir data, String name, ProcessHandle process) throws IOException {
        Path folder = Files.createDirectories(data.resolve("services"));
        PrivateFile.write(folder.resolve(name), process.pid() + " " + startMillis(process));
    }

    static void forget(DataDir data, String name) {
        try {
            Files.deleteIfExists(data.resolve("services").resolve(name));
        } catch (IOException failed) {
            throw new StandaloneException("cannot remove the note about " + name + ": " + failed.getMessage(), failed);
        }
    }

    /** Ends the services first: they still write to the servers below them. */
    public static void end(DataDir data) {
        try {
            Path folder = Files.createDirectories(data.resolve("services"));
            try (DirectoryStream<Path> notes = Files.newDirectoryStream(folder)) {
                for (Path note : notes) {
                    endService(note);
                }
            }
            EmbeddedPart.stopOrphans(data.path());
        } catch (IOException failed) {
            throw new StandaloneException(
                    "cannot end what an earlier run left behind in " + data.path() + ": " + failed.getMessage(),
                    failed);
        }
    }

    private static void endService(Path note) throws IOException {
        String[] words = Files.readString(note).strip().split(" ");
        if (words.length == 2) {
            long startedMillis = Long.parseLong(words[1]);
            ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(found -> Math.abs(startMillis(found) - startedMillis) < START_TOLERANCE_MILLIS)
                    .ifPresent(Leftovers::end);
        }
        Files.deleteIfExists(note);
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        if (!gone(process, END_WITHIN)) {
            process.destroyForcibly();
            gone(process, END_WITHIN);
        }
    }

    private static boolean gone(ProcessHandle process, Duration within) {
        try {
            process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        } catch (ExecutionException failed) {
            return !process.isAlive();
        }
    }

    private static long startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
