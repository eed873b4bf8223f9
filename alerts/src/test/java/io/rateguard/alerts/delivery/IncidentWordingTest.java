package io.rateguard.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.alerts.delivery.Notice.Incident;
import io.rateguard.domain.alert.AlertKind;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IncidentWordingTest {

    private static final Instant SINCE = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ERROR_RATE|openai|12500|5000|12.5 % of requests to openai fail|12.5 % of 240 requests in 5 minutes",
                "ERROR_RATE|``|12500|5000|12.5 % of requests fail|12.5 % of 240 requests in 5 minutes",
                "REFUSALS|``|100000|20000|100 % of requests are refused|100 % of 240 requests in 5 minutes",
                "LATENCY|openai|12340|10000|Requests to openai take 12.3 s|12.3 s, of 240 requests in 5 minutes",
                "LATENCY|``|940|900|Requests take 940 ms|940 ms, of 240 requests in 5 minutes",
                "UPSTREAM_FAILING|openai|33333|20000|The upstream of openai fails 33.3 % of requests|33.3 % of 240 requests in 5 minutes",
                "DEGRADED|openai|1|1|RateGuard works without Redis for openai|1 request in 5 minutes",
                "UNPRICED|gpt-x|1234|1|No price is known for gpt-x|1,234 requests in 24 hours",
                "SPIKE|``|9000000000|3000000000|Spend is far above usual|$9.00 in 1 hour",
                "SURGE|openai|9000|3000|Requests to openai are far above usual|9,000 requests in 1 hour",
                "RUNAWAY|ci|98500|90000|Key \"ci\" sends the same request again and again|98.5 % of 240 requests in 5 minutes",
                "FORECAST|Team|12000000000|10000000000|Budget \"Team\" is on its way to $12.00|$12.00 at the window's end",
                "KEY_EXPIRING|ci|1796212800000|1|Key \"ci\" is about to expire|2 December 2026, 12:00 (UTC)"
            })
    void saysWhatHappenedAndHowMuch(
            AlertKind kind, String subject, long value, long threshold, String headline, String measured) {
        Wording wording = Wording.of(incident(kind, subject, value, threshold, null));

        assertThat(wording.headline()).isEqualTo(headline);
        assertThat(wording.facts()).containsValue(measured).containsEntry("Since", "23 November 2026, 12:00 (UTC)");
        assertThat(wording.consequence()).hasSizeGreaterThan(40).endsWith(".");
        assertThat(wording.subject()).matches("RateGuard(: [^R].*| works .*)");
    }

    @Test
    void saysWhenItIsOver() {
        Wording wording =
                Wording.of(incident(AlertKind.ERROR_RATE, "openai", 12_500, 5_000, SINCE.plusSeconds(12 * 60)));

        assertThat(wording.headline()).isEqualTo("Errors on openai are back to normal");
        assertThat(wording.facts())
                .containsEntry("Now", "1.2 %")
                .containsEntry("Was", "12.5 % of 240 requests in 5 minutes")
                .containsEntry("Lasted", "12 minutes");
    }

    @ParameterizedTest
    @CsvSource({
        "30, 0 minutes",
        "60, 1 minute",
        "3599, 59 minutes",
        "3600, 1 hour",
        "9000, 2 hours 30 minutes",
        "172799, 47 hours 59 minutes",
        "172800, 2 days"
    })
    void saysHowLongItLasted(long seconds, String lasted) {
        Wording wording = Wording.of(incident(AlertKind.SPIKE, "", 1, 1, SINCE.plusSeconds(seconds)));

        assertThat(wording.facts()).containsEntry("Lasted", lasted);
    }

    @ParameterizedTest
    @EnumSource(value = AlertKind.class, names = "BUDGET_THRESHOLD", mode = EnumSource.Mode.EXCLUDE)
    void everyKindHasEveryForm(AlertKind kind) {
        Incident begun = incident(kind, "demo", 12_500, 5_000, null);

        assertThat(EmailText.of(begun).html())
                .doesNotContain("{{")
                .contains(begun.link().toString());
        assertThat(EmailText.of(begun).text()).contains("Since:", "Rule:");
        assertThat(SlackText.of(begun).path("blocks").path(1).path("fields").size())
                .isBetween(4, 10);
        assertThat(WebhookText.of(begun, UUID.randomUUID(), SINCE).path("type").asString())
                .isEqualTo(kind.wireName());
        if (kind.tellsRecovery()) {
            Incident over = incident(kind, "demo", 12_500, 5_000, SINCE.plusSeconds(600));
            assertThat(EmailText.of(over).text()).contains("Lasted:");
            assertThat(WebhookText.of(over, UUID.randomUUID(), SINCE)
                            .path("incident")
                            .path("state")
                            .asString())
                    .isEqualTo("over");
        }
    }

    private static Incident incident(
            AlertKind kind, String subject, long value, long threshold, @Nullable Instant over) {
        return new Incident(
                "Main",
                "Watch",
                kind,
                subject,
                value,
                threshold,
                240,
                kind.window(),
                SINCE,
                over,
                1_234,
                URI.create("https://console.example/w/main/requests"));
    }
}
