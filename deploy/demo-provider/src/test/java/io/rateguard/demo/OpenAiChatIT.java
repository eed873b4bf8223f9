package io.rateguard.demo;

import static io.rateguard.demo.TestClient.data;
import static io.rateguard.demo.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenAiChatIT extends ProviderFixture {

    private static final String PATH = "/v1/chat/completions";
    /** Two texts of 6 and 3 bytes: ceil(9 / 4) + 2 × 3 = 9 tokens. */
    private static final String MESSAGES = """
            "messages":[{"role":"system","content":"naïve"},\
            {"role":"user","content":[{"type":"text","text":"why"},{"type":"image_url","image_url":{"url":"x"}}]}]""";

    private static final int INPUT = 9;

    @Test
    void answersWholeWithTheUsageCountedFromTheTexts() {
        JsonNode answer = json(client.post(PATH, request("")));

        assertThat(answer.at("/object").asString()).isEqualTo("chat.completion");
        assertThat(answer.at("/id").asString()).startsWith("chatcmpl-");
        assertThat(answer.at("/model").asString()).isEqualTo("any \"model\"");
        assertThat(answer.at("/service_tier").asString()).isEqualTo("default");
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(answer.at("/choices/0/message/content").asString())
                .startsWith("This is the RateGuard demo provider")
                .contains("日本語", "🙂");
        assertUsage(answer.at("/usage"), INPUT, Prose.DEFAULT_TOKENS, 0, 0);
    }

    @Test
    void reportsTheFiguresAskedFor() {
        JsonNode usage = json(client.post(
                        PATH,
                        request(""),
                        "X-Demo-Input-Tokens",
                        "1000",
                        "X-Demo-Output-Tokens",
                        "500",
                        "X-Demo-Cached-Tokens",
                        "400",
                        "X-Demo-Audio-Input-Tokens",
                        "30",
                        "X-Demo-Reasoning-Tokens",
                        "100",
                        "X-Demo-Audio-Output-Tokens",
                        "20"))
                .at("/usage");

        assertUsage(usage, 1000, 500, 400, 100);
        assertThat(usage.at("/prompt_tokens_details/audio_tokens").asInt()).isEqualTo(30);
        assertThat(usage.at("/completion_tokens_details/audio_tokens").asInt()).isEqualTo(20);
    }

    @Test
    void addsCachedAndReasoningTokensToWhatItCounted() {
        JsonNode answer =
                json(client.post(PATH, request(""), "X-Demo-Cached-Tokens", "40", "X-Demo-Reasoning-Tokens", "7"));

        assertUsage(answer.at("/usage"), INPUT + 40, Prose.DEFAULT_TOKENS + 7, 40, 7);
    }

    @Test
    void refusesMoreCachedTokensThanInput() {
        HttpResponse<String> response =
                client.post(PATH, request(""), "X-Demo-Cached-Tokens", "11", "X-Demo-Input-Tokens", "10");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/message").asString())
                .contains("X-Demo-Cached-Tokens: 11", "at most the 10 tokens of input");
    }

    @Test
    void stopsAtTheMaximumOfTheRequest() {
        JsonNode legacy = json(client.post(PATH, request("\"max_tokens\":5,")));
        JsonNode current = json(client.post(PATH, request("\"max_tokens\":50,\"max_completion_tokens\":6,")));

        assertThat(legacy.at("/choices/0/finish_reason").asString()).isEqualTo("length");
        assertThat(legacy.at("/choices/0/message/content").asString()).isEqualTo("This is the ");
        assertUsage(legacy.at("/usage"), INPUT, 5, 0, 0);
        assertUsage(current.at("/usage"), INPUT, 6, 0, 0);
    }

    @Test
    void countsTheOutputOfEveryChoice() {
        JsonNode answer = json(client.post(PATH, request("\"n\":3,"), "X-Demo-Output-Tokens", "10"));

        assertThat(answer.at("/choices").size()).isEqualTo(3);
        assertThat(answer.at("/choices/2/index").asInt()).isEqualTo(2);
        assertUsage(answer.at("/usage"), INPUT, 30, 0, 0);
    }

    @Test
    void streamsTheSameTextThatItAnswersWhole() {
        String whole = json(client.post(PATH, request("")))
                .at("/choices/0/message/content")
                .asString();

        HttpResponse<String> stream = client.post(PATH, request("\"stream\":true,"));

        assertThat(stream.headers().firstValue("content-type")).contains("text/event-stream; charset=utf-8");
        List<String> data = data(stream.body());
        assertThat(data.getLast()).isEqualTo("[DONE]");
        assertThat(text(data)).isEqualTo(whole);
        assertThat(chunks(data)).noneMatch(chunk -> chunk.has("usage"));
        assertThat(chunks(data).getLast().at("/choices/0/finish_reason").asString())
                .isEqualTo("stop");
    }

    @Test
    void sendsTheUsageInAChunkOfItsOwnWhenAskedFor() {
        HttpResponse<String> stream = client.post(
                PATH, request("\"stream\":true,\"stream_options\":{\"include_usage\":true},"), "X-Demo-Chunks", "4");

        List<JsonNode> chunks = chunks(data(stream.body()));
        assertThat(chunks).hasSize(1 + 4 + 1 + 1);
        assertThat(chunks.subList(0, 6)).allMatch(chunk -> chunk.get("usage").isNull());
        assertThat(chunks.getLast().at("/choices").isEmpty()).isTrue();
        assertUsage(chunks.getLast().at("/usage"), INPUT, Prose.DEFAULT_TOKENS, 0, 0);
    }

    @Test
    void interleavesTheChoicesOfAStream() {
        HttpResponse<String> stream = client.post(PATH, request("\"stream\":true,\"n\":2,"), "X-Demo-Chunks", "3");

        List<JsonNode> chunks = chunks(data(stream.body()));
        assertThat(chunks)
                .extracting(chunk -> chunk.at("/choices/0/index").asInt())
                .containsExactly(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
    }

    @Test
    void leavesTheUsageOutWhenAskedTo() {
        String options = "\"stream\":true,\"stream_options\":{\"include_usage\":true},";

        assertThat(json(client.post(PATH, request(""), "X-Demo-No-Usage", "true"))
                        .has("usage"))
                .isFalse();
        assertThat(client.post(PATH, request(options), "X-Demo-No-Usage", "true")
                        .body())
                .doesNotContain("prompt_tokens");
    }

    @Test
    void obeysTheMetadataOfTheBodyButHeadersFirst() {
        String metadata =
                "\"metadata\":{\"x-demo-output-tokens\":\"11\",\"x-demo-cached-tokens\":\"3\",\"team\":\"a\"},";

        JsonNode answer = json(client.post(PATH, request(metadata), "X-Demo-Output-Tokens", "12"));

        assertUsage(answer.at("/usage"), INPUT + 3, 12, 3, 0);
    }

    @Test
    void namesWhatIsWrongWithTheRequest() {
        assertRefused("{\"model\":", "not valid JSON", null);
        assertRefused("[]", "not a JSON object", null);
        assertRefused("{\"messages\":[{}]}", "model: missing", "model");
        assertRefused("{\"model\":\"m\"}", "messages", "messages");
        assertRefused(
                request("\"max_tokens\":0,"), "max_tokens: 0 (expected: a whole number, 1 or more)", "max_tokens");
        assertRefused(request("\"n\":129,"), "n: 129 (expected: 1 to 128)", "n");
    }

    @Test
    void listsItsModels() {
        JsonNode models = json(client.get("/v1/models"));

        assertThat(models.at("/data").valueStream().map(model -> model.at("/id").asString()))
                .containsExactly("demo-small", "demo-large", "gpt-4o-mini", "claude-sonnet-4-5");
    }

    private void assertRefused(String body, String message, String param) {
        HttpResponse<String> response = client.post(PATH, body);

        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = json(response).at("/error");
        assertThat(error.at("/message").asString()).contains(message);
        assertThat(error.at("/type").asString()).isEqualTo("invalid_request_error");
        assertThat(error.get("param").isNull() ? null : error.get("param").asString())
                .isEqualTo(param);
    }

    private static void assertUsage(JsonNode usage, int input, int output, int cached, int reasoning) {
        assertThat(usage.at("/prompt_tokens").asInt()).isEqualTo(input);
        assertThat(usage.at("/completion_tokens").asInt()).isEqualTo(output);
        assertThat(usage.at("/total_tokens").asInt()).isEqualTo(input + output);
        assertThat(usage.at("/prompt_tokens_details/cached_tokens").asInt()).isEqualTo(cached);
        assertThat(usage.at("/completion_tokens_details/reasoning_tokens").asInt())
                .isEqualTo(reasoning);
    }

    private static String request(String fields) {
        return "{\"model\":\"any \\\"model\\\"\"," + fields + MESSAGES + "}";
    }

    private static List<JsonNode> chunks(List<String> data) {
        return data.stream()
                .filter(line -> !line.equals("[DONE]"))
                .map(TestClient.JSON::readTree)
                .toList();
    }

    private static String text(List<String> data) {
        return chunks(data).stream()
                .map(chunk -> chunk.at("/choices/0/delta/content").asString(""))
                .collect(Collectors.joining());
    }
}
