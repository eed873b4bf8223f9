package io.rateguard.standalone.part;

import io.rateguard.standalone.StandaloneException;
import io.rateguard.standalone.data.DataDir;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A program that does one thing and ends, such as the migration of the database. */
public record Errand(String name, Program program, DataDir data) {

    private static final Duration DONE_WITHIN = Duration.ofMinutes(3);

    /** @throws StandaloneException when it fails, quoting what it said */
    public void run() {
        Log log = new Log(data.log(name));
        try {
            log.rotate();
            long logStart = log.size();
            Process running = program.launch(data.path(), log.file());
            if (!running.waitFor(DONE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                running.destroyForcibly();
                throw new StandaloneException("%s takes longer than %s s; the end of %s:%n%s"
                        .formatted(name, DONE_WITHIN.toSeconds(), log.file(), log.tail(logStart)));
            }
            if (running.exitValue() != 0) {
                throw new StandaloneException("%s failed with status %s; the end of %s:%n%s"
                        .formatted(name, running.exitValue(), log.file(), log.tail(logStart)));
            }
        } catch (IOException failed) {
            throw new StandaloneException(name + " cannot be started: " + failed.getMessage(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StandaloneException(name + " was interrupted", stopped);
        }
    }
}
