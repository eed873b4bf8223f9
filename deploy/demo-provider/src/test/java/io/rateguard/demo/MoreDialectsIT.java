package io.rateguard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MoreDialectsIT extends ProviderFixture {

    private static final String RESPONSE = "{\"model\":\"demo-small\",\"input\":\"hello\",\"max_output_tokens\":10%s}";
    private static final String CONTENTS =
            "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}],\"generationConfig\":{\"maxOutputTokens\":10}}";

    @Test
    void aResponseMadeInTheBackgroundShowsItsUsageLater() {
        JsonNode begun = json(client.post("/v1/responses", RESPONSE.formatted(",\"background\":true")));
        JsonNode found = json(client.get("/v1/responses/" + begun.path("id").asString()));

        assertThat(begun.path("status").asString()).isEqualTo("queued");
        assertThat(begun.path("usage").isNull()).isTrue();
        assertThat(found.path("status").asString()).isEqualTo("incomplete");
        assertThat(found.path("usage").toString())
                .isEqualTo("{\"input_tokens\":5,\"output_tokens\":10,\"total_tokens\":15,"
                        + "\"input_tokens_details\":{\"cached_tokens\":0,\"cache_write_tokens\":0},"
                        + "\"output_tokens_details\":{\"reasoning_tokens\":0}}");
        assertThat(client.get("/v1/responses/resp_none").statusCode()).isEqualTo(404);
    }

    @Test
    void aStreamedResponseEndsWithTheWholeOfIt() {
        String events = client.post("/v1/responses", RESPONSE.formatted(",\"stream\":true"), "X-Demo-Chunks", "2")
                .body();

        assertThat(events.split("\n\n")).hasSize(7);
        assertThat(events).startsWith("event: response.created\ndata: {");
        assertThat(events.substring(events.lastIndexOf("event: ")))
                .startsWith("event: response.incomplete\n")
                .contains("\"output_tokens\":10");
    }

    @Test
    void embeddingsCountTheirTexts() {
        JsonNode answer = json(client.post("/v1/embeddings", "{\"model\":\"m\",\"input\":[\"hello\",\"you\"]}"));

        assertThat(answer.path("data")).hasSize(2);
        assertThat(answer.path("usage").toString()).isEqualTo("{\"prompt_tokens\":8,\"total_tokens\":8}");
        assertThat(client.post("/v1/embeddings", "{\"model\":\"m\"}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void geminiCountsThoughtsBesideTheCandidates() {
        JsonNode answer = json(client.post(
                "/v1beta/models/gemini-2.5-flash:generateContent", CONTENTS, "X-Demo-Reasoning-Tokens", "4"));

        assertThat(answer.path("usageMetadata").toString())
                .isEqualTo("{\"promptTokenCount\":5,\"candidatesTokenCount\":6,\"thoughtsTokenCount\":4,"
                        + "\"totalTokenCount\":15}");
        assertThat(answer.path("modelVersion").asString()).isEqualTo("gemini-2.5-flash");
        assertThat(json(client.post("/v1beta/models/g:countTokens", CONTENTS))
                        .path("totalTokens")
                        .asInt())
                .isEqualTo(5);
    }

    @Test
    void geminiStreamsEventsOrOneArray() {
        String path = "/v1beta/models/g:streamGenerateContent";
        HttpResponse<String> events = client.post(path + "?alt=sse", CONTENTS, "X-Demo-Chunks", "3");
        HttpResponse<String> array = client.post(path, CONTENTS, "X-Demo-Chunks", "3");

        assertThat(events.body().split("\n\n"))
                .hasSize(3)
                .allSatisfy(event -> assertThat(event).startsWith("data: {"));
        assertThat(json(array)).hasSize(3);
        assertThat(json(array)
                        .get(2)
                        .path("candidates")
                        .path(0)
                        .path("finishReason")
                        .asString())
                .isEqualTo("MAX_TOKENS");
    }

    @Test
    void geminisErrorsAreGemini() {
        HttpResponse<String> refused = client.post("/v1beta/models/g:generateContent", "{}");
        HttpResponse<String> limited =
                client.post("/v1beta/models/g:generateContent", CONTENTS, "X-Demo-Status", "429");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).at("/error/status").asString()).isEqualTo("INVALID_ARGUMENT");
        assertThat(json(limited).at("/error/status").asString()).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(client.post("/v1beta/models/g:other", CONTENTS).statusCode()).isEqualTo(404);
    }

    @Test
    void stripeTakesForms() {
        JsonNode made = json(client.post("/v1/customers", "name=Ada+M%C3%B6ller&email=ada%40example.com"));
        JsonNode found = json(client.get("/v1/customers/" + made.path("id").asString()));

        assertThat(found.path("name").asString()).isEqualTo("Ada Möller");
        assertThat(found.path("object").asString()).isEqualTo("customer");
        assertThat(json(client.get("/v1/balance")).path("object").asString()).isEqualTo("balance");
        assertThat(client.get("/v1/customers/cus_none").statusCode()).isEqualTo(404);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return TestClient.JSON.readTree(answer.body());
    }
}
