package io.rateguard.console.alerts.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.alerts.AlertHistory.Told;
import io.rateguard.console.alerts.AlertRules.AlertRule;
import io.rateguard.domain.alert.AlertKind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RuleSentenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BUDGET_THRESHOLD|||Every budget at each threshold of its ladder",
                "BUDGET_THRESHOLD|x|80|Budget Named x at 80 %",
                "FORECAST|||Any budget on its way to 100 % of its amount",
                "FORECAST|x|120|Budget Named x on its way to 120 % of its amount",
                "SPIKE|||Spend: 300 % of usual in 1 hour",
                "SPIKE|x|200|Spend on Named x: 200 % of usual in 1 hour",
                "SURGE|x||Requests to Named x: 300 % of usual in 1 hour",
                "RUNAWAY|||Any key repeats one request: 90 % of what it sends in 5 minutes",
                "ERROR_RATE|||5 % of requests fail in 5 minutes",
                "ERROR_RATE|x|7|7 % of requests to Named x fail in 5 minutes",
                "LATENCY|||One in twenty requests takes 10 s or longer in 5 minutes",
                "REFUSALS|x||20 % of requests to Named x are refused in 5 minutes",
                "KEY_EXPIRING|||Any key expires within 7 days",
                "KEY_EXPIRING|x||Key Named x expires within 7 days",
                "UNPRICED|||Requests to any model have no price",
                "UNPRICED|x||Requests to Named x have no price",
                "DEGRADED|||RateGuard works without Redis",
                "UPSTREAM_FAILING|||20 % of requests to any API fail at its upstream in 5 minutes"
            })
    void saysWhatIsTold(AlertKind kind, @Nullable String subject, @Nullable Integer percent, String sentence) {
        assertThat(RuleSentence.of(rule(kind, subject, percent, null), id -> "Named " + id))
                .isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource({"300, 5 minutes", "5400, 90 minutes", "86400, 24 hours", "172800, 2 days"})
    void saysTheWindow(int seconds, String window) {
        assertThat(RuleSentence.of(rule(AlertKind.ERROR_RATE, null, null, seconds), id -> id))
                .endsWith(" fail in " + window);
    }

    @ParameterizedTest
    @EnumSource
    void everyKindHasATitle(AlertKind kind) {
        assertThat(RuleSentence.title(kind)).hasSizeBetween(10, 60);
    }

    @Test
    void saysWhatAMessageWasAbout() {
        assertThat(RuleSentence.of(told(null, null, null, false))).isEqualTo("Test of the channel");
        assertThat(RuleSentence.of(told(AlertKind.BUDGET_THRESHOLD, "Team", 80, false)))
                .isEqualTo("Budget Team reached 80 %");
        assertThat(RuleSentence.of(told(AlertKind.ERROR_RATE, "", null, false))).isEqualTo("Requests fail");
        assertThat(RuleSentence.of(told(AlertKind.ERROR_RATE, "demo", null, true)))
                .isEqualTo("Over: Requests fail (demo)");
    }

    private static Told told(
            @Nullable AlertKind kind, @Nullable String subject, @Nullable Integer percent, boolean recovery) {
        return new Told(Instant.EPOCH, "ops", kind, subject, percent, recovery, "delivered", 1, null, null);
    }

    private static AlertRule rule(
            AlertKind kind, @Nullable String subject, @Nullable Integer percent, @Nullable Integer windowSeconds) {
        return new AlertRule(
                UUID.randomUUID(),
                "any",
                kind,
                subject,
                percent,
                null,
                windowSeconds,
                null,
                null,
                List.of(),
                Instant.EPOCH,
                0);
    }
}
