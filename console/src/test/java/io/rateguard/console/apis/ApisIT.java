package io.rateguard.console.apis;

import static io.rateguard.console.fixture.TestDatabase.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import io.rateguard.domain.secret.SecretBox;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ApisIT {

    private static final String UPSTREAM_SECRET = "sk-upstream-secret";

    private final RunningConsole console = RunningConsole.get();
    private final String slug = "api-" + UUID.randomUUID();

    @Test
    void createsAnApiWithDefaultsAndNeverShowsItsSecret() {
        Answer created = console.post("apis", """
                {"slug":"%s","profile":"openai","baseUrl":"https://api.openai.com/",
                 "auth":{"type":"bearer","secret":"%s"}}""".formatted(slug, UPSTREAM_SECRET));

        assertThat(created.status()).isEqualTo(201);
        JsonNode api = created.json();
        assertThat(api.path("name").asString()).isEqualTo(slug);
        assertThat(api.path("baseUrl").asString()).isEqualTo("https://api.openai.com");
        assertThat(api.path("enabled").asBoolean()).isTrue();
        assertThat(api.path("unknownPaths").asString()).isEqualTo("block");
        assertThat(api.path("clientGone").asString()).isEqualTo("drain");
        assertThat(api.path("timeouts").path("connect").asInt()).isEqualTo(2000);
        assertThat(api.path("credentials").get(0).path("name").asString()).isEqualTo("main");
        assertThat(created.text()).doesNotContain(UPSTREAM_SECRET);
        assertThat(console.get("apis/" + slug).text()).doesNotContain(UPSTREAM_SECRET);
        assertThat(console.get("apis?limit=500").text()).doesNotContain(UPSTREAM_SECRET);
    }

    @Test
    void whatIsNotNamedOfAnApiStaysAsItWas() {
        JsonNode before = create("https://api.example.com/v1");

        Answer renamed = change("{\"name\":\"Renamed\",\"enabled\":false,\"timeouts\":{\"total\":9000}}");
        JsonNode moved = change("{\"baseUrl\":\"https://api.example.com/v2/\"}").json();

        ObjectNode expected = (ObjectNode) before.deepCopy();
        expected.put("name", "Renamed").put("enabled", false);
        ((ObjectNode) expected.path("timeouts")).put("total", 9000);
        assertThat(renamed.json()).isEqualTo(expected);
        assertThat(moved).isEqualTo(expected.put("baseUrl", "https://api.example.com/v2"));
        assertThat(console.get("apis/" + slug).json()).isEqualTo(moved);
    }

    @Test
    void theNameOfAHeaderStaysWithItsSecretAndGoesWithItsKind() {
        console.post("apis", """
                {"slug":"%s","profile":"generic","baseUrl":"https://api.example",
                 "auth":{"type":"header","name":"X-Their-Key","secret":"s"}}""".formatted(slug));

        JsonNode renewed = change("{\"auth\":{\"secret\":\"sk-another\"}}").json();
        JsonNode usual = change("{\"auth\":{\"name\":null}}").json();
        JsonNode bearer = change("{\"auth\":{\"type\":\"bearer\"}}").json();

        assertThat(renewed.path("auth").toString()).isEqualTo("{\"type\":\"header\",\"name\":\"X-Their-Key\"}");
        assertThat(usual.path("auth").toString()).isEqualTo("{\"type\":\"header\",\"name\":\"x-api-key\"}");
        assertThat(bearer.path("auth").path("name").isNull()).isTrue();
        assertThat(change("{\"slug\":\"another\"}").detail())
                .isEqualTo("slug: another (expected: " + slug + ", by which applications reach it)");
    }

    @Test
    void aNewSecretTakesThePlaceOfAllThatThereWere() throws SQLException {
        JsonNode before = create("https://api.example.com");

        JsonNode changed = change("{\"auth\":{\"secret\":\"sk-another\"}}").json();

        assertThat(changed.path("credentials").size()).isEqualTo(1);
        assertThat(changed.path("credentials").get(0).path("id"))
                .isNotEqualTo(before.path("credentials").get(0).path("id"));
        assertThat(console.get("apis/" + slug).json()).isEqualTo(changed);
        try (Connection owner = console.database().owner()) {
            assertThat(column(owner, """
                            SELECT count(*) FROM api_credentials c JOIN apis a ON a.id = c.api_id
                            WHERE a.slug = '%s' AND c.deleted_at IS NULL""".formatted(slug))).containsExactly(1L);
        }
    }

    @Test
    void anApiThatNeedsNoSecretAnyMoreKeepsNone() {
        create("https://api.example.com");

        JsonNode open = change("{\"auth\":{\"type\":\"none\"}}").json();

        assertThat(open.path("credentials").size()).isZero();
        assertThat(change("{\"auth\":{\"type\":\"bearer\"}}").detail())
                .isEqualTo(
                        "auth.secret: missing (expected: the secret that https://api.example.com takes, or auth.type none)");
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example",
        "http://api.example.com",
        "https://api.example.com:8443",
        "https://user.example.com"
    })
    void aSecretGoesNowhereButWhereItWasGivenFor(String elsewhere) {
        JsonNode before = create("https://api.example.com");

        Answer refused = change("{\"baseUrl\":\"%s\"}".formatted(elsewhere));
        JsonNode after = console.get("apis/" + slug).json();
        Answer moved = change("{\"baseUrl\":\"%s\",\"auth\":{\"secret\":\"sk-again\"}}".formatted(elsewhere));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail())
                .isEqualTo(
                        "auth.secret: missing (expected: the secret that " + elsewhere + " takes, or auth.type none)");
        assertThat(after).isEqualTo(before);
        assertThat(moved.json().path("baseUrl").asString()).isEqualTo(elsewhere);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"baseUrl\":\"ftp://x\"}|baseUrl: ftp://x (expected: http:// or https://, a host, no user, query or fragment)",
                "{\"timeouts\":{\"total\":0}}|timeouts.total: 0 (expected: 1 to 86400000 ms)",
                "{\"clientGone\":\"stay\"}|clientGone: stay (expected: drain or abort)",
                "{\"auth\":{\"name\":\"x\"}}|auth.name: x (expected: absent with auth.type bearer)",
                "{\"profile\":\"groq\"}|profile: groq (expected: openai, by which its requests are read)",
                "{\"headers\":{\"x\":\"y\"}}|headers: not supported yet (expected: absent)",
                "{\"timeouts\":7}|timeouts: not of the right type (expected: an object)",
                "{\"auth\":{\"type\":\"none\",\"secret\":\"s\"}}|credentials: 1 (expected: none with auth.type none)",
                "{\"credentials\":[null]}|credentials: null (expected: a name and a secret)",
                "{\"credentials\":[{\"name\":\"a\",\"secret\":\"s\",\"weight\":1001}]}|credentials.weight: 1001 (expected: 0 to 1000)"
            })
    void aChangeNamesTheFieldTheValueAndWhatWasExpectedAndChangesNothing(String body, String detail) {
        JsonNode before = create("https://api.example.com");

        Answer refused = change(body);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail()).isEqualTo(detail);
        assertThat(console.get("apis/" + slug).json()).isEqualTo(before);
    }

    private JsonNode create(String baseUrl) {
        return console.post("apis", """
                {"slug":"%s","profile":"openai","baseUrl":"%s","auth":{"type":"bearer","secret":"%s"}}""".formatted(slug, baseUrl, UPSTREAM_SECRET))
                .json();
    }

    private Answer change(String body) {
        return console.ask("PATCH", "/api/v1/workspaces/acme/apis/" + slug, console.ownerToken(), body);
    }

    @Test
    void sealsEachCredentialForItsOwnRow() throws SQLException {
        console.post("apis", """
                {"slug":"%s","profile":"anthropic","baseUrl":"https://api.anthropic.com","credentials":[
                  {"name":"one","secret":"secret-one","weight":3},{"name":"two","secret":"secret-two"}]}""".formatted(slug));

        SecretBox box = new SecretBox(RunningConsole.SECRET_KEY, new SecureRandom());
        Set<String> opened = new HashSet<>();
        try (Connection owner = console.database().owner();
                var rows = owner.createStatement().executeQuery("""
                        SELECT c.id, c.sealed, c.sealed_with FROM api_credentials c
                        JOIN apis a ON a.id = c.api_id WHERE a.slug = '%s'""".formatted(slug))) {
            while (rows.next()) {
                opened.add(box.open(rows.getBytes(2), rows.getString(1)));
                assertThat(rows.getString(3)).isEqualTo(box.keyId());
            }
        }
        assertThat(opened).containsExactlyInAnyOrder("secret-one", "secret-two");
        JsonNode api = console.get("apis/" + slug).json();
        assertThat(api.path("auth").path("type").asString()).isEqualTo("header");
        assertThat(api.path("auth").path("name").asString()).isEqualTo("x-api-key");
        assertThat(api.path("credentials").get(0).path("weight").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "azure-openai, header, api-key,        block",
        "gemini,       header, x-goog-api-key, block",
        "groq,         bearer, ,               block",
        "ollama,       none,   ,               block",
        "stripe,       bearer, ,               flat",
    })
    void fillsInWhatIsUsualOfAProfile(String profile, String auth, String authName, String unknownPaths) {
        String secret = auth.equals("none") ? "" : ",\"auth\":{\"secret\":\"s\"}";
        Answer created = console.post("apis", """
                {"slug":"%s","profile":"%s","baseUrl":"https://api.openai.com"%s}""".formatted(slug, profile, secret));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("auth").path("type").asString()).isEqualTo(auth);
        assertThat(created.json().path("auth").path("name").asString(null)).isEqualTo(authName);
        assertThat(created.json().path("unknownPaths").asString()).isEqualTo(unknownPaths);
    }

    @Test
    void readsByIdOrSlugWithAnETag() {
        String id = create().json().path("id").asString();

        Answer bySlug = console.get("apis/" + slug);
        Answer byId = console.get("apis/" + id);

        assertThat(bySlug.json()).isEqualTo(byId.json());
        assertThat(bySlug.header("ETag")).isEqualTo("\"0\"");
    }

    @Test
    void deletesSoftlyAndFreesTheSlug() throws SQLException {
        String first = create().json().path("id").asString();

        assertThat(console.delete("apis/" + slug).status()).isEqualTo(204);

        assertThat(console.get("apis/" + slug).status()).isEqualTo(404);
        assertThat(console.get("apis/" + first).status()).isEqualTo(404);
        assertThat(console.delete("apis/" + slug).status()).isEqualTo(404);
        assertThat(create().status()).isEqualTo(201);
        try (Connection owner = console.database().owner()) {
            assertThat(column(owner, "SELECT id FROM apis WHERE deleted_at IS NOT NULL AND slug = '" + slug + "'"))
                    .hasSize(1);
        }
    }

    @Test
    void refusesASlugThatIsTaken() {
        create();

        Answer again = create();

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("already_exists");
        assertThat(again.detail()).isEqualTo("slug: an API with this slug exists");
    }

    @Test
    void pagesByCursorWithoutLossOrRepeat() {
        for (int i = 0; i < 5; i++) {
            console.post("apis", """
                    {"slug":"%s-%d","profile":"generic","baseUrl":"https://api.example","auth":{"type":"none"}}""".formatted(slug, i));
        }

        Set<String> seen = new HashSet<>();
        int shown = 0;
        String cursor = "";
        do {
            JsonNode page = console.get("apis?limit=2" + cursor).json();
            for (JsonNode api : page.path("items")) {
                seen.add(api.path("slug").asString());
                shown++;
            }
            cursor = page.path("next").isNull()
                    ? null
                    : "&cursor=" + page.path("next").asString();
        } while (cursor != null);

        assertThat(seen).hasSize(shown).contains(slug + "-0", slug + "-4");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"slug\":\"Bad Slug\"|slug: \"Bad Slug\" (expected: 1 to 63 lower-case letters, digits and inner hyphens)",
                "\"profile\":\"oracle\"|profile: oracle (expected: openai, azure-openai, anthropic, gemini, mistral, cohere, bedrock, groq, deepseek, xai, openrouter, together, fireworks, cerebras, perplexity, openai-compatible, ollama, stripe, generic, demo)",
                "\"profile\":null|profile: missing",
                "\"baseUrl\":\"ftp://x\"|baseUrl: ftp://x (expected: http:// or https://, a host, no user, query or fragment)",
                "\"baseUrl\":\"http://10.2.0.1\"|baseUrl: 10.2.0.1:80: a private, local or reserved address (RATEGUARD_UPSTREAM_ALLOW can open it)",
                "\"auth\":{\"type\":\"magic\"}|auth.type: magic (expected: bearer, header, basic, query or none)",
                "\"auth\":{\"type\":\"bearer\"}|auth.secret: missing (expected: the upstream's secret, or auth.type none)",
                "\"auth\":{\"type\":\"none\",\"secret\":\"s\"}|credentials: 1 (expected: none with auth.type none)",
                "\"auth\":{\"type\":\"header\",\"name\":\"a b\",\"secret\":\"s\"}|auth.name: a b (expected: the name of a header or query parameter)",
                "\"unknownPaths\":\"free\"|unknownPaths: free (expected: block, flat or unpriced)",
                "\"clientGone\":\"wait\"|clientGone: wait (expected: drain or abort)",
                "\"timeouts\":{\"connect\":0}|timeouts.connect: 0 (expected: 1 to 60000 ms)",
                "\"timeouts\":{\"read\":5}|timeouts.read: unknown field (expected: connect, firstByte, total)",
                "\"retry\":{\"attempts\":2}|retry: not supported yet (expected: absent)",
                "\"enabled\":\"yes\"|enabled: not of the right type (expected: true or false)"
            })
    void namesTheFieldTheValueAndWhatWasExpected(String field, String detail) {
        Answer answer = console.post("apis", """
                {%s}""".formatted(merged(field)));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).isEqualTo(detail);
    }

    @Test
    void takesAPrivateAddressThatTheOperatorAllows() {
        Answer answer = console.post("apis", """
                {"slug":"%s","profile":"demo","baseUrl":"http://127.0.0.1:4010","auth":{"type":"none"}}""".formatted(slug));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("unknownPaths").asString()).isEqualTo("flat");
    }

    private Answer create() {
        return console.post("apis", """
                {"slug":"%s","profile":"generic","baseUrl":"https://api.example","auth":{"type":"none"}}""".formatted(slug));
    }

    /** A good API with one field replaced or added. */
    private String merged(String field) {
        StringBuilder body = new StringBuilder(field);
        String name = field.substring(0, field.indexOf(':'));
        for (String usual : new String[] {
            "\"slug\":\"" + slug + "\"",
            "\"profile\":\"generic\"",
            "\"baseUrl\":\"https://api.example\"",
            "\"auth\":{\"type\":\"none\"}"
        }) {
            if (!usual.startsWith(name)) {
                body.append(',').append(usual);
            }
        }
        return body.toString();
    }
}
