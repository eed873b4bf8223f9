package io.rateguard.console.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import io.rateguard.console.fixture.TestDatabase;
import io.rateguard.domain.key.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who gets in, how far, and what they are told. */
class AccessIT {

    private static final String APIS = "/api/v1/workspaces/acme/apis";
    private static final String LIMIT = """
            {"name":"%s","limit":{"algorithm":"token-bucket","unit":"requests","capacity":1,"refill":1,"periodSeconds":1}}""";

    private final RunningConsole console = RunningConsole.get();

    @Test
    void refusesACallWithoutAToken() {
        Answer answer = console.ask("GET", APIS, null, null);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"rateguard\"");
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(answer.code()).isEqualTo("unauthenticated");
        assertThat(answer.detail()).isEqualTo("a management token is expected: Authorization: Bearer rgm_…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "Bearer rgm_nonsense", "Basic YTpi", "rgm_", "Bearer rg_live_key"})
    void refusesWhatIsNoToken(String header) {
        Answer answer = console.send(HttpRequest.newBuilder(URI.create(console.url() + APIS))
                .header("Authorization", header)
                .build());

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void refusesATokenThatWasNeverIssued() {
        assertThat(console.ask("GET", APIS, TestDatabase.newToken(), null).status())
                .isEqualTo(401);
    }

    @Test
    void refusesARevokedToken() throws SQLException {
        Secret token = console.database().token("acme", "owner");
        assertThat(console.ask("GET", APIS, token, null).status()).isEqualTo(200);

        try (Connection owner = console.database().owner();
                var revoke = owner.prepareStatement("UPDATE management_tokens SET revoked_at = now() WHERE hash = ?")) {
            revoke.setBytes(1, token.hash().bytes());
            revoke.executeUpdate();
        }

        assertThat(console.ask("GET", APIS, token, null).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apis",
                "keys",
                "limits",
                "budgets",
                "prices",
                "requests",
                "rerates",
                "usage",
                "audit",
                "members",
                "invitations"
            })
    void doesNotFindTheWorkspaceOfOthers(String resource) {
        Answer foreign = console.ask("GET", "/api/v1/workspaces/acme/" + resource, console.otherToken(), null);
        Answer unknown = console.ask("GET", "/api/v1/workspaces/nobody/" + resource, console.otherToken(), null);

        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.code()).isEqualTo("not_found");
        assertThat(foreign.detail()).isEqualTo(unknown.detail().replace("nobody", "acme"));
    }

    @Test
    void doesNotFindTheRowsOfOthersByTheirId() {
        String id =
                console.post("keys", "{\"name\":\"ours\"}").json().path("id").asString();

        Answer read = console.ask("GET", "/api/v1/workspaces/other/keys/" + id, console.otherToken(), null);
        Answer revoke =
                console.ask("POST", "/api/v1/workspaces/other/keys/" + id + "/revoke", console.otherToken(), "");

        assertThat(read.status()).isEqualTo(404);
        assertThat(revoke.status()).isEqualTo(404);
        assertThat(console.get("keys/" + id).json().path("status").asString()).isEqualTo("active");
    }

    @ParameterizedTest
    @CsvSource({"owner,201", "admin,201", "developer,201", "viewer,403", "billing,403"})
    void letsEachRoleDoWhatTheTableSays(String role, int expected) throws SQLException {
        Secret token = console.database().token("acme", role);
        String name = role + UUID.randomUUID();

        assertThat(console.ask("GET", APIS, token, null).status()).isEqualTo(200);
        assertThat(console.ask("POST", APIS, token, """
                {"slug":"%s","profile":"generic","baseUrl":"https://api.example","auth":{"type":"none"}}""".formatted(name)).status())
                .isEqualTo(expected);
        assertThat(console.ask("POST", "/api/v1/workspaces/acme/keys", token, "{\"name\":\"" + name + "\"}")
                        .status())
                .isEqualTo(expected);
        assertThat(console.ask("POST", "/api/v1/workspaces/acme/limits", token, LIMIT.formatted(name))
                        .status())
                .isEqualTo(expected);
        assertThat(console.ask("POST", "/api/v1/workspaces/acme/budgets", token, """
                {"name":"%s","amountNanos":1,"period":"day"}""".formatted(name))
                        .status())
                .isEqualTo(expected);
    }

    @Test
    void saysWhatARoleMayNotDo() throws SQLException {
        Secret viewer = console.database().token("acme", "viewer");

        Answer answer = console.ask("POST", "/api/v1/workspaces/acme/keys", viewer, "{\"name\":\"x\"}");

        assertThat(answer.code()).isEqualTo("forbidden");
        assertThat(answer.detail()).isEqualTo("role viewer may not change keys");
    }

    @Test
    void listsTheWorkspaceOfTheToken() {
        Answer answer = console.ask("GET", "/api/v1/workspaces", console.ownerToken(), null);

        assertThat(answer.json().path("items")).hasSize(1);
        assertThat(answer.json().path("items").get(0).path("slug").asString()).isEqualTo("acme");
        assertThat(answer.json().path("items").get(0).path("name").asString()).isEqualTo("Acme Inc.");
        assertThat(answer.json().path("next").isNull()).isTrue();
    }

    @Test
    void answersAnUnknownPathWithAProblemAndNotAPage() {
        Answer answer = console.get("nonsense");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.detail()).isEqualTo("GET /api/v1/workspaces/acme/nonsense: no such resource");
    }

    @Test
    void describesItselfToEveryone() {
        Answer answer = console.ask("GET", "/api/v1/openapi.json", null, null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("openapi").asString()).startsWith("3.");
        assertThat(answer.json().path("paths").propertyNames())
                .contains(
                        "/api/v1/workspaces",
                        "/api/v1/workspaces/{workspace}/apis",
                        "/api/v1/workspaces/{workspace}/keys/{key}/revoke",
                        "/api/v1/workspaces/{workspace}/usage")
                .doesNotContain("/api/**");
    }

    @ParameterizedTest
    @CsvSource({
        "apis/{api}, NewApi, baseUrl",
        "budgets/{budget}, NewBudget, amountNanos",
        "limits/{limit}, NewLimit, onStoreFailure",
        "keys/{key}, NewKey, ipRanges"
    })
    void describesWhatAChangeTakes(String path, String shape, String field) {
        JsonNode document =
                console.ask("GET", "/api/v1/openapi.json", null, null).json();

        JsonNode body = document.path("paths")
                .path("/api/v1/workspaces/{workspace}/" + path)
                .path("patch")
                .path("requestBody");
        JsonNode described = document.path("components").path("schemas").path(shape);

        assertThat(body.path("content").path("application/json").path("schema").toString())
                .isEqualTo("{\"$ref\":\"#/components/schemas/" + shape + "\"}");
        assertThat(described.path("properties").has(field)).isTrue();
        assertThat(described.has("required")).isFalse();
    }

    @Test
    void refusesABodyAboveOneMebibyte() {
        Answer answer = console.post("keys", "{\"name\":\"" + "x".repeat(1 << 20) + "\"}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("too_large");
        assertThat(answer.detail()).isEqualTo("body (expected: 1048576 bytes at most)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{\"name\":'|400|malformed|body: not well-formed JSON",
                "''|400|malformed|body: missing (expected: a JSON object)",
                "'[]'|422|invalid|body: not of the right type (expected: an object)",
                "'{\"name\":\"a\",\"colour\":1}'|422|unknown_field|colour: unknown field",
                "'{\"name\":\"a\",\"name\":\"b\"}'|400|malformed|body: not well-formed JSON",
                "'{\"name\":7}'|422|invalid|name: ",
                "'{\"name\":\"a\",\"expiresAt\":\"soon\"}'|422|invalid|expiresAt: soon (expected: a time such as"
            })
    void saysWhatIsWrongWithABody(String body, int status, String code, String detail) {
        Answer answer = console.post("keys", body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.detail()).startsWith(detail);
    }

    @Test
    void givesHealthAndMetricsOnThePortOfTheFileOnly() throws IOException {
        String management = console.managementUrl();

        assertThat(get(management + "/health/live").text()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(get(management + "/health/ready").text()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(get(management + "/metrics").text()).contains("jvm_memory_used_bytes");
        assertThat(get(console.url() + "/metrics").status()).isEqualTo(302);
    }

    private Answer get(String url) {
        return console.send(HttpRequest.newBuilder(URI.create(url)).build());
    }
}
