package io.rateguard.domain.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.LimitId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.limit.Backtest.Answer;
import io.rateguard.domain.limit.Backtest.Past;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BacktestTest {

    private static final long START = 1_790_000_000_000L;

    private final Random random = new Random(7);

    @Test
    void refusesWhatIsAboveTheLimitAndCountsNothingForIt() {
        Backtest backtest = backtest(new SlidingWindow(LimitUnit.REQUESTS, 2, Duration.ofSeconds(60)));

        assertThat(IntStream.of(0, 10, 20, 59, 61, 69, 71)
                        .mapToObj(second -> backtest.ask(past("a", second, second, 1))))
                .containsExactly(
                        Answer.PASSES,
                        Answer.PASSES,
                        Answer.REFUSED,
                        Answer.REFUSED,
                        Answer.PASSES,
                        Answer.REFUSED,
                        Answer.PASSES);
    }

    @Test
    void countsApartWhatTheLimitCountsApart() {
        Backtest backtest = new Backtest(rule(
                LimitMatch.ALL,
                List.of(Partition.Field.CUSTOMER),
                new SlidingWindow(LimitUnit.REQUESTS, 1, Duration.ofSeconds(60))));

        assertThat(backtest.ask(past("a", 0, 0, 1))).isEqualTo(Answer.PASSES);
        assertThat(backtest.ask(past("b", 1, 1, 1))).isEqualTo(Answer.PASSES);
        assertThat(backtest.ask(past("a", 2, 2, 1))).isEqualTo(Answer.REFUSED);
    }

    @Test
    void aPlaceIsTakenUntilTheRequestEnds() {
        Backtest backtest = backtest(new Concurrency(1));

        assertThat(backtest.ask(past("a", 0, 10, 1))).isEqualTo(Answer.PASSES);
        assertThat(backtest.ask(past("a", 9, 12, 1))).isEqualTo(Answer.REFUSED);
        assertThat(backtest.ask(past("a", 10, 20, 1))).isEqualTo(Answer.PASSES);
    }

    @Test
    void whatARequestUsedBeyondTheLimitIsPaidBackBeforeTheNext() {
        Backtest backtest = backtest(new TokenBucket(LimitUnit.TOKENS, 100, 100, Duration.ofSeconds(100)));

        assertThat(backtest.ask(past("a", 0, 1, 250))).isEqualTo(Answer.PASSES);
        assertThat(backtest.ask(past("a", 150, 150, 1))).isEqualTo(Answer.REFUSED);
        assertThat(backtest.ask(past("a", 152, 152, 1))).isEqualTo(Answer.PASSES);
    }

    @Test
    void passesOverWhatTheLimitIsNotAbout() {
        Backtest backtest = new Backtest(rule(
                new LimitMatch("other", null, null, null, null, null, Map.of()),
                List.of(),
                new SlidingWindow(LimitUnit.REQUESTS, 0, Duration.ofSeconds(60))));

        assertThat(backtest.ask(past("a", 0, 0, 1))).isEqualTo(Answer.NOT_WATCHED);
    }

    @Test
    void forgetsCountersThatAreAsNewAndSaysWhenThereAreTooMany() {
        Backtest backtest = new Backtest(
                rule(
                        LimitMatch.ALL,
                        List.of(Partition.Field.CUSTOMER),
                        new SlidingWindow(LimitUnit.REQUESTS, 5, Duration.ofSeconds(60))),
                2);

        assertThat(backtest.ask(past("a", 0, 0, 1))).isEqualTo(Answer.PASSES);
        assertThat(backtest.ask(past("b", 1, 1, 1))).isEqualTo(Answer.PASSES);
        assertThat(backtest.ask(past("c", 2, 2, 1))).isEqualTo(Answer.TOO_MUCH);
        assertThat(backtest.ask(past("c", 61, 61, 1))).isEqualTo(Answer.PASSES);
    }

    private static Backtest backtest(Limit limit) {
        return new Backtest(rule(LimitMatch.ALL, List.of(), limit));
    }

    private static LimitRule rule(LimitMatch match, List<Partition> per, Limit limit) {
        return new LimitRule(new LimitId(new UUID(0, 1)), "tried", match, per, limit);
    }

    private Past past(String customer, int second, int endSecond, long amount) {
        RequestFacts facts = new RequestFacts(
                "demo", "POST", "/v1/chat", null, new ApiKeyId(new UUID(0, 1)), null, customer, Map.of(), "192.0.2.7");
        return new Past(
                RequestId.create(START + second * 1_000L, random),
                facts,
                START + second * 1_000L,
                START + endSecond * 1_000L,
                amount);
    }
}
