package io.rateguard.console.prices;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class UnpricedRequestsIT {

    private final RunningConsole console = RunningConsole.get();

    @AfterEach
    void decideNothing() {
        decide("{\"unpriced\":\"default\"}");
    }

    @Test
    void keepsWhatWasDecided() {
        Answer decided = decide(
                "{\"unpriced\":\"ceiling\",\"ceiling\":{\"input\":\"30\",\"output\":\"150.50\"},\"outputCapTokens\":8000}");

        assertThat(decided.status()).isEqualTo(200);
        assertThat(decided.text())
                .isEqualTo(
                        "{\"unpriced\":\"ceiling\",\"ceiling\":{\"input\":\"30\",\"output\":\"150.5\"},\"outputCapTokens\":8000}");
        assertThat(console.get("prices/unpriced").json()).isEqualTo(decided.json());
    }

    @Test
    void whatIsDecidedTakesThePlaceOfAllThatWas() {
        decide("{\"unpriced\":\"ceiling\",\"ceiling\":{\"input\":\"1\",\"output\":\"2\"},\"outputCapTokens\":8000}");

        JsonNode decided = decide("{\"unpriced\":\"block\"}").json();

        assertThat(decided.path("unpriced").asString()).isEqualTo("block");
        assertThat(decided.path("ceiling").isNull()).isTrue();
        assertThat(decided.path("outputCapTokens").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                            | unpriced: null (expected: one of default, block, ceiling, allow)",
                "{\"unpriced\":\"ceiling\"}                    | ceiling: missing (expected: rates for input and output)",
                "{\"unpriced\":\"ceiling\",\"ceiling\":{\"input\":\"a\",\"output\":\"1\"}} | ceiling.input: \"a\" (expected: a decimal, 0 or more)",
                "{\"unpriced\":\"allow\",\"outputCapTokens\":0} | outputCapTokens: 0 (expected: a whole number above 0)"
            })
    void refusesWhatItDoesNotUnderstandAndChangesNothing(String body, String complaint) {
        JsonNode before = console.get("prices/unpriced").json();

        Answer refused = decide(body);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail()).isEqualTo(complaint);
        assertThat(console.get("prices/unpriced").json()).isEqualTo(before);
    }

    private Answer decide(String body) {
        return console.ask("PUT", "/api/v1/workspaces/acme/prices/unpriced", console.ownerToken(), body);
    }
}
