package io.rateguard.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UsageQuestionTest {

    @Test
    void onlyTotalsHaveATop() {
        UsageQuestion byDay = new UsageQuestion(Instant.EPOCH, Instant.EPOCH, Bucket.DAY, ZoneOffset.UTC, Set.of());

        assertThatThrownBy(() -> byDay.withTop(5)).hasMessage("top: together with bucket day (expected: bucket total)");
        assertThatThrownBy(() -> byDay.withTop(1_001)).hasMessage("top: 1001 (expected: 1 to 1000)");
        assertThatThrownBy(() -> byDay.withTop(-1)).hasMessage("top: -1 (expected: 1 to 1000)");
    }

    @Test
    void widensItsRangeToWholeMinutes() {
        UsageQuestion question = new UsageQuestion(
                Instant.parse("2026-01-01T10:00:59.999Z"),
                Instant.parse("2026-01-01T10:05:00.001Z"),
                Bucket.MINUTE,
                ZoneOffset.UTC,
                Set.of());

        assertThat(question.from()).isEqualTo("2026-01-01T10:00:00Z");
        assertThat(question.to()).isEqualTo("2026-01-01T10:06:00Z");
    }

    @Test
    void refusesARangeThatEndsBeforeItStarts() {
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");

        assertThatThrownBy(() -> new UsageQuestion(noon, noon.minusSeconds(60), Bucket.HOUR, ZoneOffset.UTC, Set.of()))
                .hasMessage("to: 2026-01-01T11:59:00Z (expected: not before from, 2026-01-01T12:00:00Z)");
    }

    @Test
    void refusesMoreStepsThanAnyoneCanLookAt() {
        assertThatThrownBy(() -> new UsageQuestion(
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2026-12-01T00:00:00Z"),
                        Bucket.MINUTE,
                        ZoneOffset.UTC,
                        Set.of()))
                .hasMessageStartingWith("bucket: minute gives 480960 steps (expected: up to 50000;");
    }

    @Test
    void stepsInHoursWhereAllHoursOfTheZoneAreHoursOfUtc() {
        Instant from = Instant.parse("2026-03-25T00:00:00Z");
        Instant to = Instant.parse("2026-04-10T00:00:00Z");

        assertThat(byDay(from, to, "Europe/Berlin").stepsIn(Grain.HOUR)).isTrue();
        assertThat(byDay(from, to, "Asia/Kolkata").stepsIn(Grain.HOUR)).isFalse();
        assertThat(byDay(from, to, "Asia/Kolkata").stepsIn(Grain.QUARTER)).isTrue();
        // 11 hours off until the 4th of April, 10 and a half from then on.
        assertThat(byDay(from, to, "Australia/Lord_Howe").stepsIn(Grain.HOUR)).isFalse();
        assertThat(byDay(from, Instant.parse("2026-04-03T00:00:00Z"), "Australia/Lord_Howe")
                        .stepsIn(Grain.HOUR))
                .isTrue();
        assertThat(byDay(from, to, "Europe/Berlin").stepsIn(Grain.DAY)).isFalse();
    }

    private static UsageQuestion byDay(Instant from, Instant to, String zone) {
        return new UsageQuestion(from, to, Bucket.DAY, ZoneId.of(zone), Set.of());
    }
}
