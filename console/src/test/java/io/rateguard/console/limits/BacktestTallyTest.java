package io.rateguard.console.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.PassedRequests.Passed;
import io.rateguard.console.limits.Backtested.Counts;
import io.rateguard.console.limits.Backtested.Part;
import io.rateguard.console.limits.Backtested.Whose;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.LimitId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.key.KeyLines;
import io.rateguard.domain.limit.LimitMatch;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.limit.LimitUnit;
import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.limit.SlidingWindow;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BacktestTallyTest {

    private static final Instant FROM = Instant.parse("2026-11-23T00:00:00Z");
    private static final Instant TO = FROM.plus(Duration.ofDays(1));
    private static final LimitRule ONE_AN_HOUR = new LimitRule(
            new LimitId(new UUID(0, 1)),
            "tried",
            LimitMatch.ALL,
            List.of(Partition.Field.CUSTOMER),
            new SlidingWindow(LimitUnit.REQUESTS, 1, Duration.ofHours(1)));

    private final Random random = new Random(3);

    @Test
    void sumsUpHowMuchWhoseAndWhen() {
        BacktestTally tally = tally(100);
        look(tally, "a", 0, 1);
        look(tally, "a", 1, 2);
        look(tally, "b", 2, 4);
        look(tally, "b", 31, 8);
        look(tally, "b", 32, 16);
        look(tally, "c", 33, 32);

        Backtested result = tally.result();

        assertThat(result.isWhole()).isTrue();
        assertThat(result.counts()).isEqualTo(new Counts(6, 3, Money.ofNanos(26)));
        assertThat(result.whose())
                .containsExactly(
                        new Whose(List.of("b"), new Counts(3, 2, Money.ofNanos(24))),
                        new Whose(List.of("a"), new Counts(2, 1, Money.ofNanos(2))));
        assertThat(result.when())
                .hasSize(48)
                .startsWith(
                        new Part(FROM, new Counts(3, 1, Money.ofNanos(2))),
                        new Part(FROM.plusSeconds(1_800), new Counts(3, 2, Money.ofNanos(24))),
                        new Part(FROM.plusSeconds(3_600), Counts.NONE));
        assertThat(result.first()).hasSize(3);
    }

    @Test
    void saysUpToWhenItLookedWhereThereIsMore() {
        BacktestTally tally = tally(2);
        for (int minute = 0; minute < 5; minute++) {
            look(tally, "a", 45 * minute, 1);
        }

        Backtested result = tally.result();

        assertThat(result.isWhole()).isFalse();
        assertThat(result.until()).isEqualTo(FROM.plus(Duration.ofMinutes(90)));
        assertThat(result.counts().requests()).isEqualTo(2);
        assertThat(result.when()).hasSize(3);
    }

    private static BacktestTally tally(int most) {
        return new BacktestTally(ONE_AN_HOUR, KeyLines.NONE, FROM, TO, most);
    }

    private void look(BacktestTally tally, String customer, int minute, long costNanos) {
        long at = FROM.plus(Duration.ofMinutes(minute)).toEpochMilli();
        tally.look(new Passed(
                RequestId.create(at, random),
                new ApiKeyId(new UUID(0, 1)),
                null,
                customer,
                Map.of(),
                "demo",
                "POST",
                "/v1/chat",
                null,
                at,
                at,
                Usage.NONE,
                Money.ofNanos(costNanos)));
    }
}
