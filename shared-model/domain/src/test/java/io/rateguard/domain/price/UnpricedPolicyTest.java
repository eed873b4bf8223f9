package io.rateguard.domain.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.domain.price.UnpricedPolicy.Choice;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnpricedPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "default, false, false", "default, true, true",
        "block, false, true", "block, true, true",
        "allow, false, false", "allow, true, false"
    })
    void refusesWhatItSays(String choice, boolean strict, boolean blocks) {
        assertThat(UnpricedPolicy.read(choice, null).blocks(strict)).isEqualTo(blocks);
    }

    @Test
    void aCeilingIsKnownAgainByTheNameOfItsPrice() {
        CeilingPrice ceiling = UnpricedPolicy.read("ceiling", "{\"input\":\"0.000000000001\",\"output\":\"8999999.5\"}")
                .ceiling();
        assertThat(ceiling).isNotNull();

        String version = ceiling.price(OptionalLong.empty()).version();

        assertThat(version).isEqualTo("ceiling/0.000000000001/8999999.5");
        assertThat(CeilingPrice.named(version)).contains(ceiling);
        assertThat(UnpricedPolicy.read("ceiling", ceiling.toJson().toString()))
                .isEqualTo(new UnpricedPolicy(Choice.CEILING, ceiling));
        assertThat(CeilingPrice.named("override/30/150")).isEmpty();
        assertThat(CeilingPrice.named(null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sometimes |                               | unpriced: sometimes (expected: one of default, block, ceiling, allow)",
                "ceiling   |                               | ceiling: missing (expected: rates for input and output)",
                "allow     | {\"input\":\"1\",\"output\":\"2\"} | ceiling: given (expected: none beside \"allow\")",
                "ceiling   | {\"input\":\"1\"}             | ceiling.output: missing (expected: dollars per million tokens, as a decimal in quotes)",
                "ceiling   | {\"input\":1,\"output\":\"2\"} | ceiling.input: 1 (expected: a decimal in quotes)",
                "ceiling   | {\"input\":\"-1\",\"output\":\"2\"} | ceiling.input: \"-1\" (expected: a decimal, 0 or more)",
                "ceiling   | {\"input\":\"1\",\"output\":\"2\",\"images\":\"1\"} | ceiling: images (expected: input, output)",
                "ceiling   | []                            | ceiling: [] (expected: an object)"
            })
    void saysWhatItDoesNotUnderstand(String choice, @Nullable String ceiling, String complaint) {
        assertThatThrownBy(() -> UnpricedPolicy.read(choice, ceiling))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(complaint);
    }
}
