package io.rateguard.proxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiAskTest {

    @Test
    void readsWhatLimitsBudgetsAndPricesCareFor() {
        Ask ask = ask("{\"messages\":[{\"role\":\"user\",\"content\":\"Grüße\"}],\"model\":\"gpt-4o\",\"n\":3,"
                + "\"max_tokens\":100,\"max_completion_tokens\":70,\"user\":\"u-7\",\"service_tier\":null}");

        assertThat(ask.model()).isEqualTo("gpt-4o");
        assertThat(ask.stream()).isFalse();
        assertThat(ask.n()).isEqualTo(3);
        assertThat(ask.outputLimit()).isEqualTo(OptionalLong.of(300));
        assertThat(ask.inputBytes()).isEqualTo("user".length() + 7);
        assertThat(ask.inputTokensEstimate()).isBetween(4L, 20L);
        assertThat(ask.inputTokensAtMost()).isBetween(ask.inputBytes(), 300L);
        assertThat(ask.unbounded()).isEmpty();
        assertThat(ask.endUser()).isEqualTo("u-7");
        assertThat(ask.edit().isNone()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "anthropic/claude-sonnet-4.5 | {\"type\":\"ephemeral\",\"ttl\":\"1h\"} | true",
                "anthropic/claude-sonnet-4.5 | {\"type\":\"ephemeral\",\"ttl\":\"5m\"} | false",
                "anthropic/claude-sonnet-4.5 | {\"type\":\"ephemeral\"} | false",
                "google/gemini-2.5-pro | {\"type\":\"ephemeral\",\"ttl\":\"1h\"} | false",
            })
    void saysWhetherACacheMayStayForAnHour(String model, String control, boolean stays) {
        String part = "{\"type\":\"text\",\"text\":\"x\",\"cache_control\":" + control + "}";

        assertThat(ask("{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":[" + part + "]}]}")
                        .hourCache())
                .isEqualTo(stays);
        assertThat(ask("{\"model\":\"" + model + "\",\"messages\":[],\"cache_control\":" + control + "}")
                        .hourCache())
                .isEqualTo(stays);
    }

    @Test
    void namesNoOutputLimitWhereTheRequestNamesNone() {
        assertThat(ask("{\"model\":\"m\",\"max_tokens\":null,\"n\":null}").outputLimit())
                .isEmpty();
        assertThat(ask("{\"model\":\"m\",\"max_tokens\":2147483647,\"n\":2147483647}")
                        .outputLimit())
                .hasValue(2147483647L * 2147483647L);
    }

    @Test
    void leavesTheBufferAsItIs() {
        ByteBuf padded = Bytes.heap("????{\"model\":\"m\",\"stream\":true}!!");
        padded.skipBytes(4).writerIndex(padded.writerIndex() - 2);
        ByteBuf body =
                Unpooled.wrappedBuffer(padded.retainedSlice(4, 9), padded.retainedSlice(13, padded.writerIndex() - 13));
        for (ByteBuf buffer : new ByteBuf[] {padded, body}) {
            int readerIndex = buffer.readerIndex();
            int references = buffer.refCnt();

            Ask ask = ReplyFixturesTest.CHAT.ask(buffer, "application/json");

            assertThat(ask.edit().splices().getFirst().offset()).isEqualTo(1);
            assertThat(buffer.readerIndex()).isEqualTo(readerIndex);
            assertThat(buffer.refCnt()).isEqualTo(references);
        }
        body.release();
        padded.release();
        assertThat(padded.refCnt()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"image\",\"content\":[{\"type\":\"x\"}]}}}] | ",
                "\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"type\":\"function\",\"content\":{\"type\":\"x\"}}]}] | ",
                "\"messages\":[{\"content\":[{\"type\":\"text\",\"text\":\"x\"},{\"type\":\"refusal\",\"refusal\":\"x\"}]}] | ",
                "\"modalities\":[\"text\"],\"audio\":null,\"best_of\":1,\"previous_response_id\":null | ",
                "\"messages\":[{\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x/y.png\"}}]}] | content: image_url, a part whose tokens cannot be told beforehand",
                "\"messages\":[{\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"}}]}] | content: image_url, a part whose tokens cannot be told beforehand",
                "\"messages\":[{\"content\":[{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AAAA\"}}]}] | content: input_audio, a part whose tokens cannot be told beforehand",
                "\"messages\":[{\"content\":[{\"type\":\"file\",\"file\":{\"file_id\":\"f\"}}]}] | content: file, a part whose tokens cannot be told beforehand",
                "\"messages\":[{\"content\":[{\"text\":\"x\"}]}] | content: null, a part whose tokens cannot be told beforehand",
                "\"messages\":[{\"role\":\"assistant\",\"audio\":{\"id\":\"a\"}}] | messages.audio: audio stored at the provider",
                "\"tools\":[{\"type\":\"web_search\"}] | tools: web_search, a tool that the provider runs",
                "\"web_search_options\":{} | web_search_options: a tool that the provider runs",
                "\"previous_response_id\":\"r\" | previous_response_id: input stored at the provider",
                "\"modalities\":[\"text\",\"audio\"] | modalities: audio, whose tokens cannot be told beforehand",
                "\"prediction\":{\"type\":\"content\",\"content\":\"x\"} | prediction: rejected tokens are billed beyond the output limit",
                "\"best_of\":2 | best_of: answers that are billed but not shown",
            })
    void saysWhyARequestHasNoUpperBound(String fields, String reason) {
        assertThat(ask("{\"model\":\"m\"," + fields + "}").unbounded().orElse(null))
                .isEqualTo(reason);
    }

    @Test
    void knowsThatSearchModelsSearchUnasked() {
        assertThat(ask("{\"model\":\"gpt-4o-search-preview\"}").unbounded())
                .contains("model: gpt-4o-search-preview searches the web by itself");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"messages\":[]} | missing_model: model: missing (expected: the name of a model)",
                "{\"model\":7} | invalid_value: model: 7 (expected: the name of a model)",
                "{\"model\":\" \"} | invalid_value: model: \" \" (expected: the name of a model)",
                "{\"model\":\"m\",\"model\":\"n\"} | duplicate_field: model: given twice (expected: once)",
                "{\"model\":\"m\",\"max_tokens\":1,\"max_t\\u006fkens\":2} | duplicate_field: max_tokens: given twice (expected: once)",
                "{\"model\":\"m\",\"Max_Tokens\":1} | unknown_field: Max_Tokens: not a field (expected: max_tokens)",
                "{\"model\":\"m\",\"max_to\u212aens\":1} | unknown_field: max_to\u212aens: not a field (expected: max_tokens)",
                "{\"model\":\"m\",\"\u017ftream\":true} | unknown_field: \u017ftream: not a field (expected: stream)",
                "{\"model\":\"m\",\"max_tokens\":-1} | invalid_value: max_tokens: -1 (expected: a whole number from 0 to 2147483647)",
                "{\"model\":\"m\",\"max_tokens\":1.5} | invalid_value: max_tokens: 1.5 (expected: a whole number from 0 to 2147483647)",
                "{\"model\":\"m\",\"max_tokens\":\"10\"} | invalid_value: max_tokens: \"10\" (expected: a whole number from 0 to 2147483647)",
                "{\"model\":\"m\",\"max_completion_tokens\":99999999999999999999} | invalid_value: max_completion_tokens: 99999999999999999999 (expected: a whole number from 0 to 2147483647)",
                "{\"model\":\"m\",\"n\":0} | invalid_value: n: 0 (expected: a whole number from 1 to 2147483647)",
                "{\"model\":\"m\",\"stream\":\"yes\"} | invalid_value: stream: \"yes\" (expected: true or false)",
                "{\"model\":\"m\",\"stream_options\":[]} | invalid_value: stream_options: an array (expected: an object)",
                "{\"model\":\"m\",\"stream_options\":{\"include_usage\":1}} | invalid_value: stream_options.include_usage: 1 (expected: true or false)",
                "{\"model\":\"m\",\"stream_options\":{\"include_usage\":true,\"include_usage\":false}} | duplicate_field: stream_options.include_usage: given twice (expected: once)",
                "{\"model\":\"m\",\"service_tier\":{}} | invalid_value: service_tier: an object (expected: a string)",
                "{\"model\":\"m\",\"messages\":[{\"content\":[{\"type\":\"image_url\",\"type\":\"text\"}]}]} | duplicate_field: content.type: given twice (expected: once)",
                "{\"model\":\"m\" | invalid_json: body: malformed JSON at byte 12 (expected: one JSON object in UTF-8)",
                "{\"model\":\"m\"}{} | invalid_json: body: more follows the first JSON value (expected: one JSON object in UTF-8)",
                "{'model':'m'} | invalid_json: body: malformed JSON at byte 1 (expected: one JSON object in UTF-8)",
                "[\"model\"] | invalid_json: body: starts with byte 0x5b (expected: one JSON object in UTF-8)",
            })
    void refusesWhatItCannotReadSafely(String body, String message) {
        assertRefused(body.getBytes(UTF_8), "application/json", message);
    }

    @Test
    void refusesOtherEncodings() {
        assertRefused(
                "\ufeff{\"model\":\"m\"}".getBytes(UTF_8),
                null,
                "invalid_json: body: starts with byte 0xef (expected: one JSON object in UTF-8)");
        assertRefused(
                "{\"model\":\"m\"}".getBytes(UTF_16LE),
                null,
                "invalid_json: body: starts with byte 0x7b (expected: one JSON object in UTF-8)");
        assertRefused(
                "{\"model\":\"m\"}".getBytes(UTF_16BE),
                null,
                "invalid_json: body: starts with byte 0x00 (expected: one JSON object in UTF-8)");
        assertRefused(
                "{}".getBytes(UTF_8),
                "application/json; charset=utf-16",
                "invalid_json: content-type: application/json; charset=utf-16 (expected: charset utf-8)");
        assertRefused(new byte[0], null, "invalid_json: body: empty (expected: one JSON object in UTF-8)");
        assertRefused(
                new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'},
                null,
                "invalid_json: body: malformed JSON at byte 4 (expected: one JSON object in UTF-8)");
    }

    @Test
    void refusesNestingBeyondBounds() {
        String deep = "{\"model\":\"m\",\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}";

        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> ask(deep))
                .withMessageContaining("(expected: at most 200 levels)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"model\":\"m\",\"messages\":[{\"content\":\"%s\"}]}", "{\"model\":\"m\",\"unknown\":\"%s\"}"})
    void countsLargeTextWhole(String body) {
        Ask ask = ask(body.formatted("€".repeat(1 << 20)));

        assertThat(ask.inputBytes()).isGreaterThanOrEqualTo(3 << 20);
        assertThat(ask.inputTokensAtMost()).isGreaterThanOrEqualTo(3 << 20);
    }

    @Test
    void answersAnyBytesWithAnAskOrARefusal() {
        byte[] whole =
                ("{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"x\":[1]},\"n\":2,\"tools\":[{\"type\":\"function\"}],"
                                + "\"messages\":[{\"content\":[{\"type\":\"text\",\"text\":\"Gr\\u00fc\u00df\"}]}],\"max_tokens\":5}")
                        .getBytes(UTF_8);
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 20_000; round++) {
            byte[] body = Arrays.copyOf(whole, round < whole.length ? round : whole.length);
            for (int i = round < whole.length ? 0 : 1 + random.nextInt(3); i > 0; i--) {
                body[random.nextInt(body.length)] = whole[random.nextInt(whole.length)];
            }
            ByteBuf buffer = Unpooled.buffer(Math.max(1, body.length)).writeBytes(body);
            try {
                Ask ask = ReplyFixturesTest.CHAT.ask(buffer, null);
                buffer = ask.edit().apply(buffer, UnpooledByteBufAllocator.DEFAULT);
                assertThat((long) buffer.readableBytes()).isEqualTo(ask.edit().lengthAfter(body.length));
            } catch (InvalidRequest refusal) {
                assertThat(refusal.getMessage()).contains(" (expected: ");
            }
            assertThat(buffer.release()).isTrue();
        }
    }

    private static void assertRefused(byte[] body, String contentType, String message) {
        ByteBuf buffer = Unpooled.wrappedBuffer(body);
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> ReplyFixturesTest.CHAT.ask(buffer, contentType))
                .satisfies(refusal ->
                        assertThat(refusal.code() + ": " + refusal.getMessage()).isEqualTo(message));
        if (body.length > 0) {
            assertThat(buffer.refCnt()).isOne();
        }
        buffer.release();
    }

    private static Ask ask(String body) {
        ByteBuf buffer = Bytes.heap(body);
        try {
            return ReplyFixturesTest.CHAT.ask(buffer, "application/json");
        } finally {
            buffer.release();
        }
    }
}
