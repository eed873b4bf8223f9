package io.rateguard.console.setup;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds a service back until the database has every change that the service was built with. */
public final class SchemaGate {

    private static final Logger log = LoggerFactory.getLogger(SchemaGate.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private SchemaGate() {}

    /** @throws IllegalStateException when the deadline passes, naming what is missing */
    public static void await(DatabaseAccess database, Duration deadline) {
        long startNanos = System.nanoTime();
        String obstacle = obstacle(database);
        if (obstacle.isEmpty()) {
            return;
        }
        log.info("waiting for the database at {}: {}", database.url(), obstacle);
        while (!obstacle.isEmpty()) {
            if (System.nanoTime() - startNanos > deadline.toNanos()) {
                throw new IllegalStateException("the database at " + database.url() + " is not ready after "
                        + deadline.toSeconds() + " s: " + obstacle);
            }
            pause();
            obstacle = obstacle(database);
        }
        log.info("the database is ready");
    }

    private static String obstacle(DatabaseAccess database) {
        try (Connection connection = database.connect()) {
            List<String> missing = Changelog.missingIn(connection);
            return missing.isEmpty() ? "" : "not migrated yet, lacks " + String.join(", ", missing);
        } catch (SQLException away) {
            return String.valueOf(away.getMessage());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while waiting for the database", stopped);
        }
    }
}
