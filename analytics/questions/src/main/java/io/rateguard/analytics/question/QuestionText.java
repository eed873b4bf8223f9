package io.rateguard.analytics.question;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads the {@code .sql} that lies beside a question. */
final class QuestionText {

    private QuestionText() {}

    static String of(String name) {
        try (InputStream file = QuestionText.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("question " + name + ": its file is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
