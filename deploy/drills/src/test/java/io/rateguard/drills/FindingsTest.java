package io.rateguard.drills;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingsTest {

    @Test
    void tellsWhichPromisesHeldAfterWhatWasSeen() {
        Findings findings = new Findings()
                .say("%d proxies.", 3)
                .show(new Table("limit", "").row("over by", "0"))
                .promise("the limit holds", 0, 1_000, 1_000, "let through")
                .promise("the next one is refused", true, "status 429");

        assertThat(findings.markdown()).isEqualTo("""
                3 proxies.

                | limit   |    |
                | ------- | -: |
                | over by |  0 |

                - kept: the limit holds: 1,000 let through (0 to 1,000)
                - kept: the next one is refused: status 429
                """);
        assertThat(findings.broken()).isEmpty();
    }

    @Test
    void aFigureOnEitherSideOfItsBoundsBreaksThePromise() {
        Findings findings = new Findings()
                .promise("the limit holds", 0, 1_001, 1_000, "let through")
                .promise("nothing is lost", 990, 989, 1_000, "let through");

        assertThat(findings.broken())
                .containsExactly(
                        "the limit holds: 1,001 let through (0 to 1,000)",
                        "nothing is lost: 989 let through (990 to 1,000)");
        assertThat(findings.markdown()).startsWith("- BROKEN: the limit holds: 1,001");
    }
}
