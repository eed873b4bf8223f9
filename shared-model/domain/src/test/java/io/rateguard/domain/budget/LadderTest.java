package io.rateguard.domain.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rateguard.domain.money.Money;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LadderTest {

    @Test
    void reachesEachRungWithTheNanoThatMakesItsShareWhole() {
        Ladder ladder = new Ladder(List.of(100, 50, 80));

        assertThat(ladder.thresholds(Money.ofNanos(5)))
                .containsExactly(
                        new Threshold(50, Money.ofNanos(3)),
                        new Threshold(80, Money.ofNanos(4)),
                        new Threshold(100, Money.ofNanos(5)));
    }

    @Test
    void countsTheLargestShareOfTheLargestAmountWhole() {
        assertThat(new Ladder(List.of(1_000)).thresholds(Money.ofNanos(Money.MAX_COUNTED_NANOS)))
                .containsExactly(new Threshold(1_000, Money.ofNanos(10 * Money.MAX_COUNTED_NANOS)));
    }

    @Test
    void refusesWhatIsNoRungNamingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ladder(List.of(0)))
                .withMessage("ladder.percent: 0 (expected: 1 to 1000)");
        assertThatIllegalArgumentException().isThrownBy(() -> new Ladder(List.of(1_001)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ladder(List.of(80, 80)))
                .withMessage("ladder.percent: 80 twice (expected: once)");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Ladder(IntStream.rangeClosed(1, 21).boxed().toList()))
                .withMessage("ladder: 21 thresholds (expected: 20 or fewer)");
        assertThat(Ladder.NONE.thresholds(Money.ofNanos(1))).isEqualTo(Collections.emptyList());
    }

    @Test
    void everyBudgetIsWatchedAtEightyAndAHundredPercent() {
        assertThat(Ladder.NONE.watchedPercents()).containsExactly(80, 100);
        assertThat(new Ladder(List.of(120, 80, 50)).watchedPercents()).containsExactly(50, 80, 100, 120);
    }

    @Test
    void tellsItsAlertsAndWithoutAnyWhatEveryBudgetIsWatchedAt() {
        assertThat(new Ladder(List.of(50)).tells(50)).isTrue();
        assertThat(new Ladder(List.of(50)).tells(80)).isFalse();
        assertThat(Ladder.NONE.tells(80)).isTrue();
        assertThat(Ladder.NONE.tells(50)).isFalse();
    }

    @Test
    void isReadInBothFormsAndWrittenInTheLongOne() {
        Ladder ladder = new Ladder(List.of(50, 80));

        assertThat(LadderShapes.thresholds(json("[80, 50]"))).isEqualTo(ladder);
        assertThat(LadderShapes.json(ladder).toString())
                .isEqualTo("[{\"percent\":50,\"action\":\"alert\"},{\"percent\":80,\"action\":\"alert\"}]");
        assertThat(LadderShapes.ladder(LadderShapes.json(ladder))).isEqualTo(ladder);
    }

    @Test
    void namesWhatIsWrongWithAShape() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LadderShapes.ladder(json("[{\"percent\":95,\"action\":\"dance\"}]")))
                .withMessage("ladder.action: \"dance\" (expected: alert or throttle)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LadderShapes.ladder(json("[{\"percent\":95,\"action\":\"alert\",\"toPercent\":1}]")))
                .withMessage("ladder.toPercent: 1 (expected: only percent and action)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LadderShapes.thresholds(json("[80.5]")))
                .withMessage("thresholds: 80.5 (expected: a whole number from 1 to 1000)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LadderShapes.ladder(json("80")))
                .withMessage("ladder: 80 (expected: a list)");
    }

    @Test
    void keepsThrottlesBesideAlerts() {
        String text =
                "[{\"percent\":80,\"action\":\"alert\"},{\"percent\":80,\"action\":\"throttle\",\"toPercent\":50},"
                        + "{\"percent\":95,\"action\":\"throttle\",\"toPercent\":10,\"requestsPerMinute\":6}]";

        Ladder ladder = LadderShapes.ladder(json(text));

        assertThat(ladder.alertPercents()).containsExactly(80);
        assertThat(ladder.throttles())
                .containsExactly(new Throttle(80, 50, OptionalLong.empty()), new Throttle(95, 10, OptionalLong.of(6)));
        assertThat(LadderShapes.json(ladder).toString()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"action\":\"throttle\",\"toPercent\":10}|ladder.percent: missing (expected: a whole number from 1 to 100)",
                "{\"percent\":95,\"action\":\"throttle\"}|ladder.toPercent: missing (expected: a whole number from 1 to 99)",
                "{\"percent\":101,\"action\":\"throttle\",\"toPercent\":10}|ladder.percent: 101 (expected: 1 to 100)",
                "{\"percent\":95,\"action\":\"throttle\",\"toPercent\":100}|ladder.toPercent: 100 (expected: 1 to 99)",
                "{\"percent\":95,\"action\":\"throttle\",\"toPercent\":0}|ladder.toPercent: 0 (expected: 1 to 99)",
                "{\"percent\":95,\"action\":\"throttle\",\"toPercent\":9,\"requestsPerMinute\":0}|ladder.requestsPerMinute: 0 (expected: 1 to 1000000)",
                "{\"percent\":95,\"action\":\"throttle\",\"toPercent\":9,\"requestsPerMinute\":\"6\"}|ladder.requestsPerMinute: \"6\" (expected: a whole number from 1 to 1000000)",
                "{\"percent\":95,\"action\":\"throttle\",\"toPercent\":9,\"rate\":6}|ladder.rate: 6 (expected: only percent, action, toPercent and requestsPerMinute)",
            })
    void namesWhatIsWrongWithAThrottle(String rung, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LadderShapes.ladder(json("[" + rung + "]")))
                .withMessage(message);
    }

    @Test
    void throttlesOnceAtOneShare() {
        Throttle throttle = new Throttle(90, 10, OptionalLong.empty());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ladder(List.of(), List.of(throttle, throttle)))
                .withMessage("ladder.percent: 90 throttles twice (expected: once)");
    }

    @Test
    void aShareIsAtLeastOneAndOfNothingNothing() {
        assertThat(Throttle.share(0, 10)).isZero();
        assertThat(Throttle.share(1, 10)).isEqualTo(1);
        assertThat(Throttle.share(9, 10)).isEqualTo(1);
        assertThat(Throttle.share(29, 10)).isEqualTo(2);
        assertThat(Throttle.share(Money.MAX_COUNTED_NANOS, 99)).isEqualTo(8_917_127_262_193_581L);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
