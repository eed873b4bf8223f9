package io.rateguard.analytics.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChangeTest {

    private static final Path FOLDER = Path.of("src/main/resources/io/rateguard/analytics/table");

    @Test
    void namesEveryFileInOrder() throws IOException {
        List<String> files;
        try (Stream<Path> folder = Files.list(FOLDER)) {
            files = folder.map(file -> file.getFileName().toString()).sorted().toList();
        }

        assertThat(Change.all().stream().map(change -> change.name() + ".sql")).isEqualTo(files);
        assertThat(Change.all().stream().map(Change::number)).doesNotHaveDuplicates();
    }

    @Test
    void everyStatementMayRunTwice() {
        for (Change change : Change.all()) {
            assertThat(change.statements()).as(change.name()).isNotEmpty();
            assertThat(change.statements())
                    .allMatch(statement -> statement.contains("IF NOT EXISTS")
                            || statement.matches("DROP (VIEW|TABLE) IF EXISTS \\w+")
                            || statement.matches("ALTER TABLE \\w+ MODIFY SETTING \\w+ = \\d+"));
        }
    }

    @Test
    void everyTableThatABlockReachesDropsRepeats() {
        for (Change change : Change.all()) {
            for (String statement : change.statements()) {
                if (statement.startsWith("CREATE TABLE") && !statement.contains("ReplacingMergeTree")) {
                    assertThat(statement).contains("non_replicated_deduplication_window = 10000");
                }
            }
        }
    }
}
