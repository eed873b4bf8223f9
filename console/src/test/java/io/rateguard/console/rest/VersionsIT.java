package io.rateguard.console.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What was read at one version does not overwrite what somebody made of it since. */
class VersionsIT {

    private final RunningConsole console = RunningConsole.get();
    private final String name = "v" + UUID.randomUUID();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "keys|",
                "apis|,\"slug\":\"%1$s\",\"profile\":\"generic\",\"baseUrl\":\"https://api.example\",\"auth\":{\"type\":\"none\"}",
                "limits|,\"limit\":{\"algorithm\":\"token-bucket\",\"unit\":\"requests\",\"capacity\":5,\"refill\":5,\"periodSeconds\":60}",
                "budgets|,\"amountNanos\":1000,\"period\":\"month\"",
            })
    void aChangeOfWhatHasChangedSinceItWasReadIsRefused(String resources, String more) {
        String path = create(resources, more == null ? "" : more);
        String read = version(path);
        assertThat(send("PATCH", path, read, "{\"name\":\"" + name + "-2\"}").status())
                .isEqualTo(200);
        String present = version(path);
        assertThat(present).isNotEqualTo(read);

        Answer late = send("PATCH", path, read, "{\"name\":\"" + name + "-3\"}");

        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("changed_meanwhile");
        assertThat(late.detail())
                .isEqualTo("version: " + read + " (expected: " + present
                        + "; somebody has changed it meanwhile, so read it again)");
        assertThat(send("PATCH", path, "nonsense", "{\"name\":\"" + name + "-3\"}")
                        .status())
                .isEqualTo(412);
        assertThat(console.get(path).json().path("name").asString()).isEqualTo(name + "-2");
        assertThat(send("PATCH", path, "\"77\", " + present, "{\"name\":\"" + name + "-4\"}")
                        .status())
                .isEqualTo(200);
        assertThat(send("PATCH", path, "*", "{\"name\":\"" + name + "-5\"}").status())
                .isEqualTo(200);
        assertThat(console.get(path).json().path("name").asString()).isEqualTo(name + "-5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "apis|,\"slug\":\"%1$s\",\"profile\":\"generic\",\"baseUrl\":\"https://api.example\",\"auth\":{\"type\":\"none\"}",
                "limits|,\"limit\":{\"algorithm\":\"token-bucket\",\"unit\":\"requests\",\"capacity\":5,\"refill\":5,\"periodSeconds\":60}",
                "budgets|,\"amountNanos\":1000,\"period\":\"month\"",
                "channels|,\"type\":\"email\",\"target\":{\"to\":[\"ada@acme.example\"]}",
            })
    void whatHasChangedSinceItWasReadIsNotDeleted(String resources, String more) {
        String path = create(resources, more);

        assertThat(send("DELETE", path, "\"77\"", null).status()).isEqualTo(412);
        assertThat(console.get(path).status()).isEqualTo(200);
        assertThat(send("DELETE", path, version(path), null).status()).isEqualTo(204);
        assertThat(console.get(path).status()).isEqualTo(404);
    }

    private String create(String resources, String more) {
        Answer created = console.post(resources, "{\"name\":\"" + name + "\"" + more.formatted(name) + "}");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return resources + "/" + created.json().path("id").asString();
    }

    private String version(String path) {
        Answer read = console.get(path);
        JsonNode version = read.json().path("version");
        return version.isMissingNode() ? read.header("ETag") : "\"" + version.asInt() + "\"";
    }

    private Answer send(String method, String path, String version, String body) {
        return console.send(HttpRequest.newBuilder(URI.create(console.url() + "/api/v1/workspaces/acme/" + path))
                .header("Authorization", "Bearer " + console.ownerToken().reveal())
                .header("Content-Type", "application/json")
                .header("If-Match", version)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build());
    }
}
