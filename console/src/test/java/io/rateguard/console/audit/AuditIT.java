package io.rateguard.console.audit;

import static io.rateguard.console.fixture.TestDatabase.change;
import static io.rateguard.console.fixture.TestDatabase.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.console.fixture.Changes;
import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import io.rateguard.domain.key.Secret;
import java.net.URI;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class AuditIT {

    private final RunningConsole console = RunningConsole.get();
    private final String unique = "audit-" + UUID.randomUUID();

    static List<Changes.Way> ways() {
        return Changes.ALL;
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyChangeLeavesAnEntry(Changes.Way way) throws SQLException {
        String id = way.thing().isEmpty() ? "" : Changes.create(console, way.thing(), unique);

        Answer answer = console.ask(
                way.method(),
                "/api/v1/workspaces/acme/" + way.path(id),
                console.ownerToken(),
                way.body(console, unique));

        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
        JsonNode entry = newest("resource=" + way.resource());
        assertThat(entry.path("action").asString()).isEqualTo(way.action());
        assertThat(entry.path("actor").path("type").asString()).isEqualTo("token");
        assertThat(entry.path("actor").path("name").asString()).isEqualTo("bootstrap");
        assertThat(entry.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(entry.toString())
                .contains(id.isEmpty() ? answer.json().path("id").asString() : id);
    }

    /**
     * So that a change that comes by another way than the API leaves one too. Attempts are counts, and links of addresses
     * precede the change of an account that leaves one.
     */
    @Test
    void everyTableThatTheConsoleMayChangeIsAudited() throws SQLException {
        try (Connection owner = console.database().owner()) {
            assertThat(column(owner, """
                    SELECT relname FROM pg_class c
                    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname NOT IN ('audit_entries', 'attempts', 'address_proofs')
                      AND (has_table_privilege('rateguard_app', oid, 'INSERT')
                        OR has_table_privilege('rateguard_app', oid, 'UPDATE')
                        OR has_table_privilege('rateguard_app', oid, 'DELETE'))
                      AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'audit')""")).isEmpty();
        }
    }

    @Test
    void tellsWhatThereWasBeforeAndAfterwards() throws SQLException {
        String id = Changes.create(console, "keys", unique);
        console.post("keys/" + id + "/suspend", "");

        JsonNode entry = newest("resource=keys&action=suspended");

        assertThat(entry.path("resourceId").asString()).isEqualTo(id);
        assertThat(entry.path("before").path("status").asString()).isEqualTo("active");
        assertThat(entry.path("after").path("status").asString()).isEqualTo("suspended");
        assertThat(entry.path("after").path("name").asString()).isEqualTo(unique);
        assertThat(entry.path("after").has("expiresAt")).isTrue();
    }

    @Test
    void leavesNoEntryWhereNothingChanged() throws SQLException {
        String id = Changes.create(console, "keys", unique);
        console.post("keys/" + id + "/revoke", "");
        JsonNode once = newest("resource=keys");

        console.post("keys/" + id + "/revoke", "");
        console.post("keys/" + id + "/resume", "");

        assertThat(newest("resource=keys")).isEqualTo(once);
    }

    @Test
    void keepsNoSecret() {
        String key = console.post("keys", "{\"name\":\"" + unique + "\"}")
                .json()
                .path("secret")
                .asString();
        console.post("apis", """
                {"slug":"%s","profile":"generic","baseUrl":"https://api.example",
                 "auth":{"type":"bearer","secret":"canary-of-the-audit"}}""".formatted(unique));
        console.post("channels", """
                {"name":"%s","type":"slack","target":{"webhookUrl":"https://hooks.slack.com/services/canary-of-the-audit"}}""".formatted(unique));

        String entries = console.get("audit?limit=500").text();

        assertThat(entries)
                .contains(unique)
                .doesNotContain(key, "canary-of-the-audit", "\"hash\"", "\"sealed\"", "passwordHash");
    }

    @Test
    void filtersAndTurnsPages() throws SQLException {
        for (int i = 0; i < 3; i++) {
            Changes.create(console, "keys", unique);
        }
        String start = newest("resource=keys").path("time").asString();

        JsonNode first =
                console.get("audit?resource=keys&actor=BOOTSTRAP&limit=2").json();
        JsonNode second = console.get("audit?resource=keys&actor=bootstrap&limit=2&cursor="
                        + first.path("next").asString())
                .json();

        assertThat(first.path("items")).hasSize(2);
        assertThat(second.path("items").path(0).path("id").asString())
                .isLessThan(first.path("items").path(1).path("id").asString());
        assertThat(console.get("audit?actor=nobody").json().path("items")).isEmpty();
        assertThat(console.get("audit?action=accepted&resource=keys").json().path("items"))
                .isEmpty();
        assertThat(console.get("audit?resource=keys&from=" + start).json().path("items"))
                .hasSize(1);
        assertThat(console.get("audit?resource=keys&limit=500&to=" + start).text())
                .doesNotContain("\"" + start + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from=yesterday|from: yesterday (expected: a time such as 2026-01-31T12:00:00Z)",
                "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z|from: 2026-01-02T00:00:00Z (expected: before to, 2026-01-01T00:00:00Z)",
                "limit=0|limit: 0 (expected: 1 to 500)",
                "cursor=x|cursor: x (expected: the next of an earlier page)"
            })
    void namesTheParameterTheValueAndWhatWasExpected(String query, String detail) {
        Answer answer = console.get("audit?" + query);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).isEqualTo(detail);
    }

    @ParameterizedTest
    @CsvSource({"owner,200", "admin,200", "developer,403", "viewer,403", "billing,403"})
    void isForThoseWhoAdminister(String role, int status) throws SQLException {
        Secret token = console.database().token("acme", role);

        assertThat(console.ask("GET", "/api/v1/workspaces/acme/audit", token, null)
                        .status())
                .isEqualTo(status);
    }

    @Test
    void isNotChangedByTheConsole() throws SQLException {
        try (Connection app = console.database().as("rateguard_app")) {
            for (String attempt : new String[] {"DELETE FROM audit_entries", "UPDATE audit_entries SET action = ''"}) {
                assertThatThrownBy(() -> change(app, attempt)).hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void isExportedAsItIsListed() throws SQLException {
        for (int i = 0; i < 3; i++) {
            Changes.create(console, "keys", "=1+" + i + unique);
        }
        console.post("apis", """
                {"slug":"%s","profile":"generic","baseUrl":"https://api.example",
                 "auth":{"type":"bearer","secret":"canary-of-the-export"}}""".formatted(unique));

        Answer keys = csv("acme", "?resource=keys&action=created&actor=bootstrap", console.ownerToken());
        String all = csv("acme", "", console.ownerToken()).text();

        assertThat(keys.header("Content-Disposition")).isEqualTo("attachment; filename=\"acme-audit.csv\"");
        assertThat(keys.text().lines().findFirst())
                .contains("id,time,actor_type,actor_id,actor,address,action,resource,resource_id,name,before,after");
        assertThat(keys.text().lines().skip(1).limit(3))
                .allMatch(row -> row.contains(",bootstrap,127.0.0.1,created,keys,"))
                .allMatch(row -> row.contains(",'=1+") && row.contains("\"\"name\"\":\"\"=1+"));
        assertThat(keys.text()).doesNotContain(",credentials,").contains("# end of export");
        assertThat(all)
                .contains(",credentials,", unique)
                .doesNotContain("canary-of-the-export", "passwordHash", "\"\"sealed\"\"");
        assertThat(all.lines().count())
                .as("every entry, a head and an end")
                .isEqualTo(2 + Long.parseLong(console.database().text("""
                        SELECT count(*) FROM audit_entries e WHERE workspace_id = (SELECT id FROM workspaces WHERE slug = 'acme')
                          OR workspace_id IS NULL AND EXISTS (SELECT FROM memberships m JOIN workspaces w ON w.id = m.workspace_id
                            WHERE w.slug = 'acme' AND m.user_id = e.user_id)""")));
    }

    @Test
    void isExportedToThoseWhoAdministerItsWorkspaceAlone() throws SQLException {
        Answer developer = csv("acme", "", console.database().token("acme", "developer"));
        Answer other = csv("acme", "", console.otherToken());
        Answer wrong = csv("acme", "?from=yesterday", console.ownerToken());

        assertThat(developer.status()).isEqualTo(403);
        assertThat(other.status()).isEqualTo(404);
        assertThat(wrong.detail()).isEqualTo("from: yesterday (expected: a time such as 2026-01-31T12:00:00Z)");
    }

    private Answer csv(String workspace, String query, Secret token) {
        return console.send(
                HttpRequest.newBuilder(URI.create(console.url() + "/api/v1/workspaces/" + workspace + "/audit" + query))
                        .header("Accept", "text/csv")
                        .header("Authorization", "Bearer " + token.reveal())
                        .build());
    }

    private JsonNode newest(String filter) {
        return console.get("audit?limit=1&" + filter).json().path("items").path(0);
    }
}
