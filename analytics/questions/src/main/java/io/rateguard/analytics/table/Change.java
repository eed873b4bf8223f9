package io.rateguard.analytics.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** One numbered file of statements; each statement may run twice without harm. */
record Change(int number, String name, String sql) {

    private static final List<String> NAMES = List.of(
            "0001-requests",
            "0002-usage-by-minute",
            "0003-marks",
            "0004-add-shadowed",
            "0005-budget-charges",
            "0006-adjustments",
            "0007-usage-by-quarter",
            "0008-usage-by-tag",
            "0009-usage-by-customer",
            "0010-usage-by-model",
            "0011-intake-progress",
            "0014-usage-by-day",
            "0015-usage-by-span",
            "0016-add-fingerprint",
            "0017-find-customers",
            "0018-drop-usage-by-day",
            "0019-usage-by-split",
            "0020-drop-usage-by-span",
            "0021-remember-more-blocks");

    static List<Change> all() {
        return NAMES.stream().map(Change::named).toList();
    }

    List<String> statements() {
        String uncommented = sql.lines()
                .filter(line -> !line.stripLeading().startsWith("--"))
                .reduce("", (text, line) -> text + line + "\n");
        return Arrays.stream(uncommented.split(";\\s*\n"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    String digest() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(sql.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Change named(String name) {
        try (InputStream file = Change.class.getResourceAsStream(name + ".sql")) {
            if (file == null) {
                throw new IllegalStateException("change " + name + ": its file is missing");
            }
            String sql = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return new Change(Integer.parseInt(name.substring(0, 4)), name, sql);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
