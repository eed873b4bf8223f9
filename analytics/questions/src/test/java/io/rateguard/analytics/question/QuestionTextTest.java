package io.rateguard.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QuestionTextTest {

    private static final Path FOLDER = Path.of("src/main/resources/io/rateguard/analytics/question");

    @Test
    void everyQuestionBindsItsWorkspaceInEverySelect() throws IOException {
        List<Path> files;
        try (Stream<Path> folder = Files.list(FOLDER)) {
            files = folder.toList();
        }

        assertThat(files).isNotEmpty();
        for (Path file : files) {
            String text =
                    Files.readString(file).replaceAll("(?m)^\\s*--.*$", "").replaceAll("\\s+", " ");
            // A select from a select reads what that reads.
            int reads = countMatches(text, " FROM (?!\\( ?SELECT )");
            assertThat(reads).as(file.toString()).isPositive();
            assertThat(countMatches(text, " WHERE (\\w\\.)?workspace_id = \\{workspace:UUID} AND "))
                    .as(file + " reads a table without the workspace as its first condition")
                    .isEqualTo(reads);
            assertThat(text.substring(text.indexOf(" WHERE ")))
                    .as(file + " must not widen the workspace's condition")
                    .doesNotContainPattern("workspace:UUID} OR ");
        }
    }

    private static int countMatches(String text, String pattern) {
        return text.split(pattern, -1).length - 1;
    }
}
