package io.rateguard.console.apis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.ApiHealth.Health;
import io.rateguard.console.apis.ApiHealths.Healths;
import io.rateguard.console.apis.ApiHealths.Standing;
import io.rateguard.domain.event.Outcome;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiHealthsTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1    | 0   | 0   | 0   |              | healthy | 1 request in 15 minutes, none failed.",
                "1204 | 3   | 0   | 503 | completed    | healthy | 1,204 requests in 15 minutes, 3 failed.",
                "5    | 1   | 0   | 401 | completed    | failing | 1 of 5 requests failed in 15 minutes. The last time the provider did not accept the secret (401).",
                "6    | 1   | 0   | 401 | completed    | healthy | 6 requests in 15 minutes, 1 failed.",
                "9    | 9   | 0   | 429 | completed    | failing | 9 of 9 requests failed in 15 minutes. The last time the provider had too much to do (429).",
                "9    | 9   | 0   | 500 | client_gone  | failing | 9 of 9 requests failed in 15 minutes. The last time the provider answered 500.",
                "9    | 9   | 0   | 502 | unreachable  | failing | 9 of 9 requests failed in 15 minutes. The last time the provider could not be reached.",
                "9    | 9   | 0   | 504 | timeout      | failing | 9 of 9 requests failed in 15 minutes. The last time the provider took too long.",
                "9    | 9   | 0   | 200 | upstream_cut | failing | 9 of 9 requests failed in 15 minutes. The last time the provider broke off.",
                "10   | 0   | 1   | 0   |              | healthy | 10 requests in 15 minutes, none failed.",
                "10   | 0   | 2   | 0   |              | unanswered | 2 of 10 requests in 15 minutes ended before the provider had answered: the caller gave up, or the proxy stopped.",
                "1    | 0   | 1   | 0   |              | unanswered | 1 of 1 request in 15 minutes ended before the provider had answered: the caller gave up, or the proxy stopped.",
                "1010 | 2   | 1000 | 504 | timeout     | failing | 2 of 10 requests failed in 15 minutes. The last time the provider took too long. 1,000 more ended unanswered."
            })
    void saysHowAnApiStandsAndWhy(
            long requests, long failed, long unanswered, int status, String outcome, String state, String why) {
        Outcome last = outcome == null ? null : Outcome.valueOf(outcome.toUpperCase(Locale.ROOT));
        Health health = new Health(requests, failed, unanswered, 1_000, NOON, status, last);

        Standing standing = new Healths(Map.of("demo", health), NOON).of("demo");

        assertThat(standing.state().wireName()).isEqualTo(state);
        assertThat(standing.why()).isEqualTo(why);
        assertThat(standing.figures()).isEqualTo(health);
    }

    @Test
    void anApiThatNothingIsAskedOfIsQuiet() {
        Standing standing = new Healths(Map.of(), NOON).of("demo");

        assertThat(standing.state().wireName()).isEqualTo("quiet");
        assertThat(standing.why()).isEqualTo("No request in 15 minutes.");
    }
}
