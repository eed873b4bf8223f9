package io.rateguard.console.keys;

import static io.rateguard.console.fixture.TestDatabase.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import io.rateguard.console.security.SignedIn;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class KeysIT {

    private final RunningConsole console = RunningConsole.get();

    @AfterEach
    void signOut() {
        SignedIn.out();
    }

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
                 "expiresAt":"2199-01-31T12:00:00Z","ipRanges":["2001:db8::/32","192.0.2.7"],"models":["gpt-4o*"],
                 "endpoints":["/v1/Chat/**"],"project":"Search_1-a","customerHeader":"required","owner":"platform team"}"""));
        JsonNode key = console.get("keys/" + id).json();

        assertThat(key.path("apis").toString()).isEqualTo("[\"keys-it\"]");
        assertThat(key.path("tags").toString()).isEqualTo("{\"team\":\"search\",\"tier\":\"gold\"}");
        assertThat(key.path("customer").asString()).isEqualTo("c-1");
        assertThat(key.path("project").asString()).isEqualTo("Search_1-a");
        assertThat(key.path("expiresAt").asString()).isEqualTo("2199-01-31T12:00:00Z");
        assertThat(key.path("models").toString()).isEqualTo("[\"gpt-4o*\"]");
        assertThat(key.path("endpoints").toString()).isEqualTo("[\"/v1/Chat/**\"]");
        assertThat(key.path("ipRanges").toString()).isEqualTo("[\"2001:db8::/32\",\"192.0.2.7\"]");
        assertThat(key.path("customerHeader").asString()).isEqualTo("required");
        assertThat(key.path("owner").asString()).isEqualTo("platform team");
        assertThat(key.path("line").asString()).isEqualTo(id);
        assertThat(key.path("successor").isNull()).isTrue();
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
    void isMadeForSomethingElseByItsFields() {
        console.post("apis", """
                {"slug":"keys-edit","profile":"generic","baseUrl":"https://api.example","auth":{"type":"none"}}""");
        String id = id(console.post("keys", """
                {"name":"ci","apis":["keys-edit"],"tags":{"team":"search","tier":"gold"},"owner":"Ada",
                 "expiresAt":"2199-01-31T12:00:00Z","models":["gpt-4o*"]}"""));

        Answer edited = edit(id, """
                {"models":["claude-*"],"tags":{"team":"ads"},"owner":null,"expiresAt":null,"customerHeader":"required"}""");
        JsonNode key = console.get("keys/" + id).json();

        assertThat(edited.status()).as(edited.text()).isEqualTo(200);
        assertThat(edited.text()).doesNotContain("\"secret\"");
        assertThat(key.path("name").asString()).isEqualTo("ci");
        assertThat(key.path("apis").toString()).isEqualTo("[\"keys-edit\"]");
        assertThat(key.path("models").toString()).isEqualTo("[\"claude-*\"]");
        assertThat(key.path("tags").toString()).isEqualTo("{\"team\":\"ads\"}");
        assertThat(key.path("owner").isNull()).isTrue();
        assertThat(key.path("expiresAt").isNull()).isTrue();
        assertThat(key.path("customerHeader").asString()).isEqualTo("required");
    }

    @Test
    void keepsTheNameOfAnApiThatIsGone() {
        console.post("apis", """
                {"slug":"keys-gone","profile":"generic","baseUrl":"https://api.example","auth":{"type":"none"}}""");
        String id = id(console.post("keys", "{\"name\":\"ci\",\"apis\":[\"keys-gone\"]}"));
        console.delete("apis/keys-gone");

        assertThat(edit(id, "{\"name\":\"cd\"}").json().path("apis").toString()).isEqualTo("[\"keys-gone\"]");
        assertThat(edit(id, "{\"apis\":[\"keys-gone\",\"other\"]}").status()).isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"colour\":1}|unknown_field|colour: unknown field",
                "{\"name\":7}|invalid|name: ",
                "{\"name\":null}|invalid|name: missing",
                "{\"environment\":\"test\"}|invalid|environment: test (expected: live, which its secret says)",
                "{\"expiresAt\":\"2001-01-01T00:00:00Z\"}|invalid|expiresAt: 2001-01-01T00:00:00Z (expected: a time to come)",
                "{\"expiresAt\":\"soon\"}|invalid|expiresAt: soon (expected: a time such as",
                "{\"ipRanges\":[\"x\"]}|invalid|ipRanges",
                "{\"apis\":[\"nowhere\"]}|invalid|apis: nowhere (expected: "
            })
    void refusesAnEditThatMakesNoSenseAndChangesNothing(String body, String code, String detail) {
        String id = id(console.post("keys", "{\"name\":\"ci\"}"));
        String before = console.get("keys/" + id).text();

        Answer answer = edit(id, body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.detail()).startsWith(detail);
        assertThat(console.get("keys/" + id).text()).isEqualTo(before);
    }

    @Test
    void anEditEndsNoGraceAndNoRevocation() {
        String id = id(console.post("keys", "{\"name\":\"ci\"}"));
        console.post("keys/" + id + "/rotate", "");

        assertThat(edit(id, "{\"expiresAt\":null}").detail())
                .startsWith("expiresAt: null (expected: ")
                .endsWith(", the end of its grace)");
        assertThat(edit(id, "{\"models\":[\"gpt-4o*\"]}").status()).isEqualTo(200);
        console.post("keys/" + id + "/revoke", "");
        Answer revoked = edit(id, "{\"name\":\"cd\"}");

        assertThat(revoked.status()).isEqualTo(409);
        assertThat(revoked.code()).isEqualTo("revoked");
    }

    private Answer edit(String id, String body) {
        return console.ask("PATCH", "/api/v1/workspaces/acme/keys/" + id, console.ownerToken(), body);
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

        assertThat(first.json().path("status").asString()).isEqualTo("revoked");
        assertThat(second.json().path("revokedAt")).isEqualTo(first.json().path("revokedAt"));
    }

    @Test
    void aRotatedKeyLivesOnBesideItsSuccessorUntilItsGraceIsOver() {
        JsonNode old = console.post("keys", """
                        {"name":"ci","environment":"test","tags":{"team":"search"},"project":"p","owner":"platform",
                         "customer":"c-1","models":["gpt-4o*"],"endpoints":["/v1/chat/**"],"ipRanges":["10.0.0.0/8"],
                         "expiresAt":"2199-01-31T12:00:00Z"}""").json();
        String id = old.path("id").asString();

        Instant before = Instant.now();
        Answer rotated = console.post("keys/" + id + "/rotate", "{\"graceSeconds\":3600}");

        JsonNode successor = rotated.json();
        JsonNode replaced = console.get("keys/" + id).json();
        assertThat(rotated.status()).isEqualTo(201);
        assertThat(rotated.header("Cache-Control")).isEqualTo("no-store");
        assertThat(Secret.parse(successor.path("secret").asString())).isPresent();
        assertThat(successor.path("id").asString()).isNotEqualTo(id);
        assertThat(successor.path("secret")).isNotEqualTo(old.path("secret"));
        assertThat(Instant.parse(successor.path("previousValidUntil").asString()))
                .isBetween(before.plusSeconds(3_599), Instant.now().plusSeconds(3_600));
        for (String kept : new String[] {
            "name",
            "environment",
            "tags",
            "project",
            "owner",
            "customer",
            "models",
            "endpoints",
            "ipRanges",
            "expiresAt"
        }) {
            assertThat(successor.path(kept)).as(kept).isEqualTo(old.path(kept));
        }
        assertThat(successor.path("line").asString()).isEqualTo(id);
        assertThat(replaced.path("status").asString()).isEqualTo("rotated");
        assertThat(replaced.path("successor")).isEqualTo(successor.path("id"));
        assertThat(replaced.path("expiresAt")).isEqualTo(successor.path("previousValidUntil"));
    }

    @Test
    void theOldKeyCanBeCutEarlyAndTheNewOneRotatedAgain() {
        String first = id(console.post("keys", "{\"name\":\"again\"}"));
        String second = id(console.post("keys/" + first + "/rotate", "{\"graceSeconds\":3600}"));

        Answer third = console.post("keys/" + second + "/rotate", "{\"graceSeconds\":0}");

        assertThat(third.json().path("line").asString()).isEqualTo(first);
        assertThat(status(second)).isEqualTo("expired");
        assertThat(console.post("keys/" + first + "/revoke", "").status()).isEqualTo(200);
        assertThat(status(first)).isEqualTo("revoked");
        assertThat(status(id(third))).isEqualTo("active");
    }

    @Test
    void aGraceDoesNotOutliveTheKeyAndASuccessorMayLiveLonger() {
        String id = id(console.post(
                "keys", "{\"name\":\"brief\",\"expiresAt\":\"" + Instant.now().plusSeconds(60) + "\"}"));

        JsonNode successor = console.post(
                        "keys/" + id + "/rotate", "{\"graceSeconds\":3600,\"expiresAt\":\"2199-01-01T00:00:00Z\"}")
                .json();

        assertThat(Instant.parse(successor.path("previousValidUntil").asString()))
                .isBefore(Instant.now().plusSeconds(61));
        assertThat(successor.path("expiresAt").asString()).isEqualTo("2199-01-01T00:00:00Z");
    }

    @Test
    void limitsAndBudgetsOnAKeyAreOnItsLine() {
        String first = id(console.post("keys", "{\"name\":\"line\"}"));
        String second = id(console.post("keys/" + first + "/rotate", ""));

        Answer limit = console.post("limits", """
                {"name":"of the line","match":{"key":"%s"},
                 "limit":{"algorithm":"concurrency","max":20}}""".formatted(second));
        Answer budget = console.post("budgets", """
                {"name":"of the line","scope":{"type":"key","value":"%s"},"amountNanos":5,"period":"day"}""".formatted(second));

        assertThat(limit.json().path("match").path("key").asString()).isEqualTo(first);
        assertThat(budget.json().path("scope").path("value").asString()).isEqualTo(first);
    }

    @Test
    void tellsWhatKeysAreCalledAndWhichCountAsOneTheNewestLast() throws SQLException {
        WorkspaceId acme = console.database().workspace("acme");
        ApiKeyId first = ApiKeyId.of(id(console.post("keys", "{\"name\":\"line\"}")));
        ApiKeyId second = ApiKeyId.of(id(console.post("keys/" + first + "/rotate", "")));
        edit(second.toString(), "{\"name\":\"renamed\"}");
        SignedIn.as(console, RunningConsole.EMAIL);

        Map<ApiKeyId, Keys.Named> named = console.context()
                .getBean(Keys.class)
                .named(acme, List.of(second, new ApiKeyId(UUID.randomUUID()), first));

        assertThat(named.keySet()).containsExactly(first, second);
        assertThat(named.values()).extracting(Keys.Named::line).containsExactly(first, first);
        assertThat(named.values()).extracting(Keys.Named::name).containsExactly("line", "renamed");
        assertThat(console.get("keys/" + second).text())
                .contains("\"" + named.get(second).prefix() + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "suspended|rotate|active",
                "rotated|rotate|active",
                "expired|rotate|active",
                "revoked|rotate|active",
                "expired|suspend|active or rotated or suspended",
                "revoked|suspend|active or rotated or suspended",
                "expired|resume|active or rotated or suspended",
                "revoked|resume|active or rotated or suspended"
            })
    void refusesWhatTheStateDoesNotAllow(String state, String action, String expected) throws SQLException {
        JsonNode key = console.post("keys", "{\"name\":\"" + state + "\"}").json();
        String id = key.path("id").asString();
        bring(id, state);
        String before = console.get("keys/" + id).text();

        Answer answer = console.post("keys/" + id + "/" + action, "");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo(state);
        assertThat(answer.detail())
                .isEqualTo(action + ": key " + key.path("prefix").asString() + "… is " + state + " (expected: "
                        + expected + ")");
        assertThat(console.get("keys/" + id).text()).isEqualTo(before);
    }

    @Test
    void aRotatedKeyCanRestAndComesBackAsWhatItWas() {
        String id = id(console.post("keys", "{\"name\":\"rest\"}"));
        console.post("keys/" + id + "/rotate", "{\"graceSeconds\":600}");

        console.post("keys/" + id + "/suspend", "");
        assertThat(status(id)).isEqualTo("suspended");
        console.post("keys/" + id + "/resume", "");
        assertThat(status(id)).isEqualTo("rotated");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"graceSeconds\":-1}|graceSeconds: -1 (expected: 0 to 2592000)",
                "{\"graceSeconds\":2592001}|graceSeconds: 2592001 (expected: 0 to 2592000)",
                "{\"expiresAt\":\"2020-01-01T00:00:00Z\"}|expiresAt: 2020-01-01T00:00:00Z (expected: a time to come)"
            })
    void refusesARotationThatMakesNoSense(String body, String detail) {
        String id = id(console.post("keys", "{\"name\":\"kept\"}"));

        Answer answer = console.post("keys/" + id + "/rotate", body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).isEqualTo(detail);
        assertThat(status(id)).isEqualTo("active");
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
                "{\"name\":\"a\",\"models\":[\" \"]}|models: \" \" (expected: the name of a model, with * for any text)",
                "{\"name\":\"a\",\"endpoints\":[\"v1/chat\"]}|endpoints: \"v1/chat\" (expected: a pattern of a path, such as /v1/chat/**)",
                "{\"name\":\"a\",\"ipRanges\":[\"10.0.0.0/33\"]}|ipRanges: \"10.0.0.0/33\" (expected: an IP address or block, such as 10.0.0.0/8 or 2001:db8::/32)",
                "{\"name\":\"a\",\"ipRanges\":[\"10.0.0.1:80\"]}|ipRanges: \"10.0.0.1:80\" (expected: an IP address or block, such as 10.0.0.0/8 or 2001:db8::/32)",
                "{\"name\":\"a\",\"ipRanges\":[\"office\"]}|ipRanges: \"office\" (expected: an IP address or block, such as 10.0.0.0/8 or 2001:db8::/32)",
                "{\"name\":\"a\",\"owner\":\"\"}|owner: 0 characters (expected: 1 to 200 characters)",
                "{\"name\":\"a\",\"customerHeader\":\"maybe\"}|customerHeader: \"maybe\" (expected: ignored, trusted or required)"
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

    private void bring(String id, String state) throws SQLException {
        switch (state) {
            case "suspended" -> console.post("keys/" + id + "/suspend", "");
            case "rotated" -> console.post("keys/" + id + "/rotate", "");
            case "revoked" -> console.post("keys/" + id + "/revoke", "");
            case "expired" -> {
                try (Connection owner = console.database().owner();
                        Statement change = owner.createStatement()) {
                    change.execute("UPDATE api_keys SET expires_at = now() - interval '1 s' WHERE id = '" + id + "'");
                }
            }
            default -> throw new IllegalArgumentException(state);
        }
    }

    private String status(String id) {
        return console.get("keys/" + id).json().path("status").asString();
    }

    private static String id(Answer created) {
        return created.json().path("id").asString();
    }
}
