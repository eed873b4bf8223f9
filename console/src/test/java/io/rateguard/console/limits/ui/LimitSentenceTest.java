package io.rateguard.console.limits.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.limit.Glob;
import io.rateguard.domain.limit.LimitMatch;
import io.rateguard.domain.limit.LimitUnit;
import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.limit.TokenBucket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitSentenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REQUESTS|600|600|60|600 requests a minute",
                "REQUESTS|1|1|1|1 request a second",
                "OUTPUT_TOKENS|100000|50000|60|50,000 output tokens a minute, up to 100,000 at once",
                "COST|5000000000|5000000000|86400|$5.00 a day",
                "REQUESTS|10|10|900|10 requests every 15 minutes",
                "REQUESTS|0|0|60|None allowed"
            })
    void saysWhatPasses(LimitUnit unit, long capacity, long refill, long seconds, String words) {
        assertThat(LimitSentence.amount(new TokenBucket(unit, capacity, refill, Duration.ofSeconds(seconds))))
                .isEqualTo(words);
    }

    @Test
    void saysWhatIsCountedApart() {
        assertThat(LimitSentence.per(List.of())).isEqualTo("All together");
        assertThat(LimitSentence.per(List.of(Partition.Field.WORKSPACE))).isEqualTo("All together");
        assertThat(LimitSentence.per(List.of(Partition.Field.KEY, Partition.ofWireName("tag:team"))))
                .isEqualTo("Each key and value of team");
    }

    @Test
    void saysWhatItAppliesTo() {
        LimitMatch match =
                new LimitMatch("openai", null, "POST", Glob.ofName("gpt-*"), null, null, Map.of("team", "search"));

        assertThat(LimitSentence.match(LimitMatch.ALL, id -> id)).isEqualTo("Every request");
        assertThat(LimitSentence.match(match, id -> id)).isEqualTo("API openai, model gpt-*, method POST, team search");
    }
}
