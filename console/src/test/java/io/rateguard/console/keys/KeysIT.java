package io.rateguard.console.keys;

import static io.rateguard.console.fixture.TestDatabase.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import io.rateguard.domain.key.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class KeysIT {

    private final RunningConsole console = RunningConsole.get();

    @Test
    void showsTheSecretOnceAndKeepsItsHash() throws SQLException {
        Answer created = console.post(
                "keys",
                "{\"name\":\"ci\",\"environment\":\"test\",\"tags\":{\"team\":\"search\"},\"customer\":\"c-1\"}");

        JsonNode key = created.json();
        Secret secret = Secret.parse(key.path("secret").asString()).orElseThrow();
        String id = key.path("id").asString();
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Cache-Control")).isEqualTo("no-store");
        assertThat(secret.kind()).isEqualTo(Secret.Kind.TEST_KEY);
        assertThat(key.path("prefix").asString()).isEqualTo(secret.displayPrefix());
        for (String path : new String[] {"keys/" + id, "keys?limit=500"}) {
            assertThat(console.get(path).text())
                    .doesNotContain(secret.reveal(), "\"secret\"")
                    .contains(secret.displayPrefix());
        }
        for (String action : new String[] {"suspend", "resume", "revoke"}) {
            assertThat(console.post("keys/" + id + "/" + action, "").text()).doesNotContain("\"secret\"");
        }
        try (Connection owner = console.database().owner()) {
            assertThat(column(owner, "SELECT encode(hash, 'hex') FROM api_keys WHERE id = '" + id + "'"))
                    .containsExactly(HexFormat.of().formatHex(secret.hash().bytes()));
        }
    }

    @Test
    void keepsTagsCustomerAndApis() {
        console.post("apis", """
                {"slug":"keys-it","profile":"generic","baseUrl":"https://api.example","auth":{"type":"none"}}""");

        String id = id(console.post("keys", """
                {"name":"ci","apis":["keys-it"],"tags":{"team":"search","tier":"gold"},"customer":"c-1",
                 "expiresAt":"2199-01-31T12:00:00Z","ipRanges":[],"project":"Search_1-a","customerHeader":"ignored"}"""));
        JsonNode key = console.get("keys/" + id).json();

        assertThat(key.path("apis").toString()).isEqualTo("[\"keys-it\"]");
        assertThat(key.path("tags").toString()).isEqualTo("{\"team\":\"search\",\"tier\":\"gold\"}");
        assertThat(key.path("customer").asString()).isEqualTo("c-1");
        assertThat(key.path("project").asString()).isEqualTo("Search_1-a");
        assertThat(key.path("expiresAt").asString()).isEqualTo("2199-01-31T12:00:00Z");
    }

    @Test
    void meansEveryApiWhenNoneIsNamed() {
        assertThat(console.post("keys", "{\"name\":\"all\",\"apis\":null}")
                        .json()
                        .path("apis")
                        .isNull())
                .isTrue();
    }

    @Test
    void suspendsAndResumes() {
        String id = id(console.post("keys", "{\"name\":\"pause\"}"));

        assertThat(console.post("keys/" + id + "/suspend", "")
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("suspended");
        assertThat(console.post("keys/" + id + "/resume", "")
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("active");
        assertThat(console.get("keys/" + id).header("ETag")).isEqualTo("\"2\"");
    }

    @Test
    void revokesForEver() {
        String id = id(console.post("keys", "{\"name\":\"gone\"}"));

        Answer first = console.post("keys/" + id + "/revoke", "");
        Answer second = console.post("keys/" + id + "/revoke", "");
        Answer resumed = console.post("keys/" + id + "/resume", "");

        assertThat(first.json().path("status").asString()).isEqualTo("revoked");
        assertThat(second.json().path("revokedAt")).isEqualTo(first.json().path("revokedAt"));
        assertThat(resumed.status()).isEqualTo(409);
        assertThat(resumed.code()).isEqualTo("revoked");
        assertThat(resumed.detail()).endsWith("revoked, which is for ever");
        assertThat(console.post("keys/" + id + "/suspend", "").status()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|name: missing",
                "{\"name\":\" \"}|name: 0 characters (expected: 1 to 200)",
                "{\"name\":\"a\",\"environment\":\"prod\"}|environment: prod (expected: live or test)",
                "{\"name\":\"a\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}|expiresAt: 2020-01-01T00:00:00Z (expected: a time to come)",
                "{\"name\":\"a\",\"tags\":{\"Team\":\"x\"}}|tags: \"Team\" (expected: names of 1 to 63 lower-case letters, digits, hyphens and underscores)",
                "{\"name\":\"a\",\"tags\":{\"team\":\"\"}}|tags.team: 0 characters (expected: 1 to 200 characters)",
                "{\"name\":\"a\\u0000b\"}|name: a control character (expected: none)",
                "{\"name\":\"a\",\"customer\":\"a\\u0007\"}|customer: a control character (expected: none)",
                "{\"name\":\"a\",\"tags\":{\"team\":\"\\u0000\"}}|tags.team: a control character (expected: none)",
                "{\"name\":\"a\",\"expiresAt\":\"+300000-12-31T23:59:59Z\"}|expiresAt: +300000-12-31T23:59:59Z (expected: a time from 1970 to 9999)",
                "{\"name\":\"a\",\"project\":\"my project\"}|project: \"my project\" (expected: 1 to 64 letters, digits, hyphens and underscores)",
                "{\"name\":\"a\",\"project\":\"\"}|project: \"\" (expected: 1 to 64 letters, digits, hyphens and underscores)",
                "{\"name\":\"a\",\"models\":[\"gpt-4o\"]}|models: not supported yet (expected: absent)",
                "{\"name\":\"a\",\"ipRanges\":[\"10.0.0.0/8\"]}|ipRanges: not supported yet (expected: absent)",
                "{\"name\":\"a\",\"customerHeader\":\"trusted\"}|customerHeader: not supported yet (expected: ignored or absent)"
            })
    void namesTheFieldTheValueAndWhatWasExpected(String body, String detail) {
        Answer answer = console.post("keys", body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).isEqualTo(detail);
    }

    @Test
    void refusesAnApiThatDoesNotExist() {
        Answer answer = console.post("keys", "{\"name\":\"a\",\"apis\":[\"nowhere\"]}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).startsWith("apis: nowhere (expected: ");
    }

    @Test
    void doesNotFindWhatIsNoKey() {
        assertThat(console.get("keys/none").status()).isEqualTo(404);
        assertThat(console.post("keys/00000000-0000-7000-8000-000000000000/revoke", "")
                        .status())
                .isEqualTo(404);
    }

    private static String id(Answer created) {
        return created.json().path("id").asString();
    }
}
