package io.rateguard.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.usage.UsageClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class UsedCountsTest {

    private static final Path CHANGE =
            Path.of("src/main/resources/io/rateguard/analytics/table/0015-usage-by-span.sql");

    @Test
    void namesEveryClassOnceInTheOrderOfTheColumn() throws IOException {
        List<String> ofColumn = Pattern.compile("usage\\['(\\w+)']")
                .matcher(Files.readString(CHANGE))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(UsedCounts.ORDER).containsExactlyInAnyOrder(UsageClass.values());
        assertThat(UsedCounts.ORDER.stream().map(UsageClass::wireName)).isEqualTo(ofColumn);
    }
}
