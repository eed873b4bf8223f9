package io.rateguard.proxy.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicAskTest {

    @Test
    void readsWhatLimitsBudgetsAndPricesCareFor() {
        Ask ask = ask("{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":1024,\"stream\":true,"
                + "\"metadata\":{\"user_id\":\"u-9\"},\"system\":\"Be brief.\","
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

        assertThat(ask.model()).isEqualTo("claude-sonnet-4-5");
        assertThat(ask.stream()).isTrue();
        assertThat(ask.n()).isOne();
        assertThat(ask.outputLimit()).hasValue(1024);
        assertThat(ask.inputBytes()).isEqualTo("Be brief.".length() + "user".length() + "Hi".length());
        assertThat(ask.unbounded()).isEmpty();
        assertThat(ask.endUser()).isEqualTo("u-9");
        assertThat(ask.edit().isNone()).isTrue();
    }

    @Test
    void allowsForTheTextThatToolsBringAlong() {
        long without = ask("{\"model\":\"m\"}").inputTokensAtMost();

        assertThat(ask("{\"model\":\"m\",\"tools\":[{\"name\":\"f\",\"input_schema\":{}}]}")
                        .inputTokensAtMost())
                .isGreaterThan(without + 1000);
        assertThat(ask("{\"model\":\"m\",\"tools\":[{\"type\":\"computer_20250124\",\"name\":\"computer\"}]}")
                        .inputTokensAtMost())
                .isGreaterThan(without + 3000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"messages\":[{\"content\":[{\"type\":\"tool_use\",\"input\":{\"content\":[{\"type\":\"image\"}]}}]}] | ",
                "\"messages\":[{\"content\":[{\"type\":\"tool_result\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}]}] | ",
                "\"messages\":[{\"content\":[{\"type\":\"document\",\"source\":{\"type\":\"text\",\"data\":\"x\"}}]}] | ",
                "\"tools\":[{\"type\":\"bash_20250124\",\"name\":\"bash\"}],\"speed\":\"standard\",\"container\":null | ",
                "\"messages\":[{\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://x\"}}]}] | source: url, media whose tokens cannot be told beforehand",
                "\"messages\":[{\"content\":[{\"type\":\"tool_result\",\"content\":[{\"type\":\"image\"}]}]}] | content: image, a block whose tokens cannot be told beforehand",
                "\"messages\":[{\"content\":[{\"type\":\"document\",\"source\":{\"type\":\"file\",\"file_id\":\"f\"}}]}] | source: file, media whose tokens cannot be told beforehand",
                "\"system\":[{\"type\":\"other\"}] | system: other, a block whose tokens cannot be told beforehand",
                "\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}] | tools: web_search_20250305, a tool that the provider runs",
                "\"mcp_servers\":[{\"type\":\"url\"}] | mcp_servers: tools that the provider runs",
                "\"context_management\":{\"edits\":[{\"type\":\"compact_20260112\"}]} | context_management: compact_20260112, billed beyond the limits of the request",
                "\"speed\":\"fast\" | speed: fast, billed at another rate",
                "\"inference_geo\":\"us\" | inference_geo: us, billed at another rate",
            })
    void saysWhyARequestHasNoUpperBound(String fields, String reason) {
        assertThat(ask("{\"model\":\"m\"," + fields + "}").unbounded().orElse(null))
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"max_tokens\":5} | model: missing (expected: the name of a model)",
                "{\"model\":\"m\",\"max_tokens\":5,\"max_tokens\":6} | max_tokens: given twice (expected: once)",
                "{\"model\":\"m\",\"max_tokens\":true} | max_tokens: true (expected: a whole number from 0 to 2147483647)",
                "{\"model\":\"m\",\"metadata\":{\"user_id\":[]}} | metadata.user_id: an array (expected: a string)",
            })
    void refusesWhatItCannotReadSafely(String body, String message) {
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> ask(body))
                .withMessage(message);
    }

    private static Ask ask(String body) {
        ByteBuf buffer = Bytes.heap(body);
        try {
            return new AnthropicMessages(Quirks.OPENAI).ask(buffer, null);
        } finally {
            buffer.release();
        }
    }
}
