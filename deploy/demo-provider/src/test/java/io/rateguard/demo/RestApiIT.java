package io.rateguard.demo;

import static io.rateguard.demo.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RestApiIT extends ProviderFixture {

    @Test
    void keepsCustomersThroughTheirLife() throws IOException {
        HttpResponse<String> made = client.post("/rest/customers", "{\"name\":\"Zoë\",\"id\":\"mine\"}");
        String path = "/rest/customers/" + json(made).at("/id").asString();

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(json(made).at("/id").asString()).startsWith("cus_demo_");
        assertThat(json(client.get(path)).at("/name").asString()).isEqualTo("Zoë");
        assertThat(json(client.send(path, "PUT", "{\"name\":\"Chloë\"}"))
                        .at("/name")
                        .asString())
                .isEqualTo("Chloë");
        assertThat(json(client.send(path, "DELETE", "")).at("/deleted").asBoolean())
                .isTrue();
        assertThat(client.get(path).statusCode()).isEqualTo(404);
        assertThat(client.send(path, "PATCH", "{}").statusCode()).isEqualTo(405);
    }

    @Test
    void listsTheNewestFirstUpToALimit() {
        JsonNode list = json(client.get("/rest/customers?limit=1"));

        assertThat(list.at("/data").size()).isEqualTo(1);
        assertThat(list.at("/data/0/name").asString()).isEqualTo("Grace Ito");
        assertThat(list.at("/has_more").asBoolean()).isTrue();
        assertThat(client.get("/rest/customers?limit=all").body()).contains("limit: all (expected: a whole number");
    }

    @Test
    void chargesAnAmount() {
        JsonNode charge = json(client.post("/rest/charges", "{\"amount\":1999,\"currency\":\"EUR\"}"));

        assertThat(charge.at("/amount").asInt()).isEqualTo(1999);
        assertThat(charge.at("/currency").asString()).isEqualTo("eur");
        assertThat(charge.at("/status").asString()).isEqualTo("succeeded");
        assertThat(json(client.get("/rest/charges/" + charge.at("/id").asString())))
                .isEqualTo(charge);
    }

    @Test
    void refusesAChargeWithoutAnAmount() {
        HttpResponse<String> response = client.post("/rest/charges", "{}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/param").asString()).isEqualTo("amount");
    }

    @Test
    void echoesTheRequestWithoutItsCredentials() {
        JsonNode echo = json(client.post(
                "/rest/echo?a=1&b=%20",
                "héllo", "Authorization", "Bearer secret", "X-Api-Key", "secret", "X-Other", "kept"));

        assertThat(echo.at("/method").asString()).isEqualTo("POST");
        assertThat(echo.at("/path").asString()).isEqualTo("/rest/echo");
        assertThat(echo.at("/query").asString()).isEqualTo("a=1&b=%20");
        assertThat(echo.at("/headers/x-other").asString()).isEqualTo("kept");
        assertThat(echo.at("/body").asString()).isEqualTo("héllo");
        assertThat(echo.toString()).doesNotContain("secret");
    }

    @Test
    void streamsAsManyBytesAsAskedFor() {
        HttpResponse<String> response = client.get("/rest/bytes/100001");

        assertThat(response.body()).hasSize(100_001).startsWith("abcdefghijklmnopqrstuvwxyzab");
        assertThat(response.headers().firstValue("content-length")).contains("100001");
        assertThat(client.get("/rest/bytes/0").body()).isEmpty();
        assertThat(client.get("/rest/bytes/some").statusCode()).isEqualTo(400);
    }

    @Test
    void answersUnknownPathsInJson() {
        assertThat(json(client.get("/nowhere")).at("/error/message").asString())
                .isEqualTo("Unknown request: GET /nowhere");
        assertThat(client.get("/v1/unknown").statusCode()).isEqualTo(404);
        assertThat(client.get("/rest/customers/1/2").statusCode()).isEqualTo(404);
    }
}
