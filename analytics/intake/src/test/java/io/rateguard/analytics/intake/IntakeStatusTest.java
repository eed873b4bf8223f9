package io.rateguard.analytics.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class IntakeStatusTest {

    private static final Path RULES = Path.of("../../deploy/monitoring/prometheus-rules.yml");

    @Test
    void everyMetricOfTheIntakeThatTheAlertRulesNameIsThere() throws IOException {
        List<String> named = Pattern.compile("rateguard_intake_\\w+")
                .matcher(Files.readString(RULES))
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(named).isNotEmpty();
        assertThat(new IntakeStatus().metrics())
                .contains(named.stream().map(name -> "\n" + name + " ").toList());
    }
}
