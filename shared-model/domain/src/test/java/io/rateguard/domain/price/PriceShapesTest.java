package io.rateguard.domain.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

class PriceShapesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"input\":\"0.000000000001\"}",
                "{\"input\":{\"base\":\"1.25\",\"tiers\":[{\"above\":200000,\"rate\":\"2.5\"}]},\"output\":\"0\"}"
            })
    void writesRatesAsTheyWereGiven(String rates) {
        assertThat(PriceShapes.rates(PriceShapes.rates("rates", json(rates))).toString())
                .isEqualTo(rates);
    }

    @Test
    void writesServiceTiersAsTheyWereGiven() {
        String tiers = "{\"flex\":{\"input\":\"1\"},\"priority\":{\"input\":\"2\",\"output\":\"3\"}}";

        assertThat(PriceShapes.serviceTiers(PriceShapes.serviceTiers("serviceTiers", json(tiers)))
                        .toString())
                .isEqualTo(tiers);
        assertThat(PriceShapes.serviceTiers("serviceTiers", MissingNode.getInstance()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|rates: {} (expected: a rate for one class or more)",
                "[]|rates: [] (expected: an object)",
                "{\"input\":2.5}|rates.input: 2.5 (expected: a decimal in quotes)",
                "{\"input\":\"-1\"}|rates.input: \"-1\" (expected: a decimal, 0 or more)",
                "{\"input\":\"1e999999999\"}|rates.input: \"1e999999999\" (expected: a decimal, 0 or more)",
                "{\"input\":\"1e-999999999\"}|rates.input: \"1e-999999999\" (expected: a decimal, 0 or more)",
                "{\"input\":\"0.0000000000001\"}|rates.input: \"0.0000000000001\" (expected: at most 12 decimals, and less than 9 million)",
                "{\"input\":\"9300000\"}|rates.input: \"9300000\" (expected: at most 12 decimals, and less than 9 million)",
                "{\"input\":{\"base\":\"1\",\"tiers\":[{\"above\":0,\"rate\":\"2\"}]}}|above: 0 (expected: a whole number above 0)",
                "{\"thoughts\":\"1\"}|usage class: thoughts (expected: input, cache_read, output, …)"
            })
    void namesTheFieldTheValueAndWhatWasExpected(String rates, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceShapes.rates("rates", json(rates)))
                .withMessage(message);
    }

    @Test
    void takesSixteenTiersAtMost() {
        assertThat(PriceShapes.rates("rates", json(tiers(16)))).hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceShapes.rates("rates", json(tiers(17))))
                .withMessage("rates.input.tiers: 17 (expected: 16 at most)");
    }

    private static String tiers(int count) {
        String tiers = IntStream.rangeClosed(1, count)
                .mapToObj(above -> "{\"above\":" + above + ",\"rate\":\"2\"}")
                .collect(Collectors.joining(","));
        return "{\"input\":{\"base\":\"1\",\"tiers\":[" + tiers + "]}}";
    }

    @Test
    void namesTheTierOfAWrongRate() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceShapes.serviceTiers("serviceTiers", json("{\"flex\":{\"output\":1}}")))
                .withMessage("serviceTiers.flex.output: 1 (expected: a decimal in quotes)");
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
