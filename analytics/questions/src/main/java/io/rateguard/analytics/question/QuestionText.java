package io.rateguard.analytics.question;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the {@code .sql} that lies beside a question. */
final class QuestionText {

    private QuestionText() {}

    /** A text without the columns of figures that are not wanted: the lines that end with the figure's name as a comment. */
    static String telling(Set<Figure> wanted, String text) {
        return text.lines()
                .filter(line -> Arrays.stream(Figure.values())
                        .noneMatch(figure -> !wanted.contains(figure) && line.endsWith(" -- " + figure.wireName())))
                .collect(Collectors.joining("\n", "", "\n"));
    }

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
