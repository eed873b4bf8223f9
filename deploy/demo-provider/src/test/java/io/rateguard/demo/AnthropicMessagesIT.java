package io.rateguard.demo;

import static io.rateguard.demo.TestClient.data;
import static io.rateguard.demo.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AnthropicMessagesIT extends ProviderFixture {

    private static final String PATH = "/v1/messages";
    /** Texts of 5 and 4 bytes: ceil(9 / 4) + 2 × 3 = 9 tokens. */
    private static final String PROMPT =
            "\"system\":\"brief\",\"messages\":[{\"role\":\"user\",\"content\":\"why?\"}]}";

    private static final int INPUT = 9;

    @Test
    void answersWholeWithTheUsageCountedFromTheTexts() {
        JsonNode answer = json(client.post(PATH, request("\"max_tokens\":1000,")));

        assertThat(answer.at("/type").asString()).isEqualTo("message");
        assertThat(answer.at("/model").asString()).isEqualTo("claude-sonnet-4-5");
        assertThat(answer.at("/stop_reason").asString()).isEqualTo("end_turn");
        assertThat(answer.at("/content/0/text").asString()).startsWith("This is the RateGuard demo provider");
        assertThat(answer.at("/usage")).isEqualTo(usage(INPUT, 0, 0, 0, Prose.DEFAULT_TOKENS, 0));
    }

    @Test
    void reportsCacheReadsAndWritesBesideTheInput() {
        JsonNode answer = json(client.post(
                PATH,
                request("\"max_tokens\":1000,"),
                "X-Demo-Input-Tokens",
                "10",
                "X-Demo-Cached-Tokens",
                "400",
                "X-Demo-Cache-Write-5m-Tokens",
                "30",
                "X-Demo-Cache-Write-1h-Tokens",
                "20",
                "X-Demo-Output-Tokens",
                "50",
                "X-Demo-Reasoning-Tokens",
                "15",
                "X-Demo-Web-Searches",
                "2"));

        assertThat(answer.at("/usage")).isEqualTo(usage(10, 30, 20, 400, 50, 2));
    }

    @Test
    void stopsAtTheMaximumOfTheRequest() {
        JsonNode answer = json(client.post(PATH, request("\"max_tokens\":6,"), "X-Demo-Reasoning-Tokens", "2"));

        assertThat(answer.at("/stop_reason").asString()).isEqualTo("max_tokens");
        assertThat(answer.at("/content/0/text").asString()).isEqualTo("This is the ");
        assertThat(answer.at("/usage/output_tokens").asInt()).isEqualTo(6);
    }

    @Test
    void requiresAMaximum() {
        HttpResponse<String> response = client.post(PATH, request(""));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/type").asString()).isEqualTo("error");
        assertThat(json(response).at("/error/type").asString()).isEqualTo("invalid_request_error");
        assertThat(json(response).at("/error/message").asString()).isEqualTo("max_tokens: Field required");
    }

    @Test
    void streamsItsEventsInOrderWithCumulativeUsageAtTheEnd() {
        HttpResponse<String> stream = client.post(
                PATH,
                request("\"stream\":true,\"max_tokens\":1000,"),
                "X-Demo-Chunks",
                "2",
                "X-Demo-Cached-Tokens",
                "7",
                "X-Demo-Output-Tokens",
                "33");

        assertThat(stream.body().lines().filter(line -> line.startsWith("event: ")))
                .containsExactly(
                        "event: message_start",
                        "event: content_block_start",
                        "event: ping",
                        "event: content_block_delta",
                        "event: content_block_delta",
                        "event: content_block_stop",
                        "event: message_delta",
                        "event: message_stop");
        List<JsonNode> events = events(stream);
        assertThat(events.getFirst().at("/message/usage")).isEqualTo(usage(INPUT, 0, 0, 7, 1, 0));
        JsonNode end = events.get(6).at("/usage");
        assertThat(end.at("/input_tokens").asInt()).isEqualTo(INPUT);
        assertThat(end.at("/cache_read_input_tokens").asInt()).isEqualTo(7);
        assertThat(end.at("/output_tokens").asInt()).isEqualTo(33);
    }

    @Test
    void streamsTheSameTextThatItAnswersWhole() {
        String whole = json(client.post(PATH, request("\"max_tokens\":1000,")))
                .at("/content/0/text")
                .asString();

        HttpResponse<String> stream = client.post(PATH, request("\"stream\":true,\"max_tokens\":1000,"));

        String streamed = events(stream).stream()
                .map(event -> event.at("/delta/text").asString(""))
                .collect(Collectors.joining());
        assertThat(streamed).isEqualTo(whole);
    }

    @Test
    void leavesTheUsageOutWhenAskedTo() {
        String stream = client.post(PATH, request("\"stream\":true,\"max_tokens\":1000,"), "X-Demo-No-Usage", "true")
                .body();

        assertThat(stream).contains("message_stop").doesNotContain("usage");
    }

    @Test
    void countsTokensWithoutAnswering() {
        assertThat(client.post(PATH + "/count_tokens", request("")).body())
                .isEqualTo("{\"input_tokens\":" + INPUT + "}");
    }

    private static List<JsonNode> events(HttpResponse<String> stream) {
        return data(stream.body()).stream().map(TestClient.JSON::readTree).toList();
    }

    private static JsonNode usage(int input, int write5m, int write1h, int read, int output, int searches) {
        return TestClient.JSON.readTree(
                """
                {"input_tokens":%d,"cache_creation_input_tokens":%d,"cache_read_input_tokens":%d,
                 "cache_creation":{"ephemeral_5m_input_tokens":%d,"ephemeral_1h_input_tokens":%d},
                 "output_tokens":%d,"server_tool_use":{"web_search_requests":%d,"web_fetch_requests":0},
                 "service_tier":"standard"}""".formatted(input, write5m + write1h, read, write5m, write1h, output, searches));
    }

    private static String request(String fields) {
        return "{\"model\":\"claude-sonnet-4-5\"," + fields + PROMPT;
    }
}
