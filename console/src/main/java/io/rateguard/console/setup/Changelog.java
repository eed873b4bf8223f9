package io.rateguard.console.setup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The changes this version was built with, and which of them a database lacks. A change's id is its file's name. */
final class Changelog {

    static final String PATH = "db/changelog.yaml";

    private static final Pattern CHANGE = Pattern.compile("changes/([^/\\s]+)\\.sql");

    private Changelog() {}

    static List<String> ids() {
        try (InputStream file = Changelog.class.getClassLoader().getResourceAsStream(PATH)) {
            if (file == null) {
                throw new IllegalStateException(PATH + ": not on the class path");
            }
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return CHANGE.matcher(text).results().map(change -> change.group(1)).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<String> missingIn(Connection connection) throws SQLException {
        Set<String> applied = new HashSet<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet table = statement.executeQuery("SELECT to_regclass('databasechangelog') IS NOT NULL")) {
                table.next();
                if (!table.getBoolean(1)) {
                    return ids();
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT id FROM databasechangelog")) {
                while (rows.next()) {
                    applied.add(rows.getString(1));
                }
            }
        }
        return ids().stream().filter(id -> !applied.contains(id)).toList();
    }
}
