package io.rateguard.proxy;

import static io.rateguard.proxy.testbed.TestBed.chatBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys in use whose state or scope changes: what follows within a second, under requests. */
class KeyLifeIT {

    private static TestBed bed;

    @BeforeAll
    static void start() {
        bed = TestBed.start();
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status = 'revoked'|401|key_revoked|has been revoked",
                "status = 'suspended'|401|key_suspended|is suspended",
                "expires_at = now() - interval '1 millisecond'|401|key_expired|has expired",
                "api_slugs = '{openai}'|403|api_not_allowed|may not call the API",
                "endpoints = '{/v1/models,/v1/embeddings}'|403|endpoint_not_allowed|/v1/chat/completions",
                "models = '{gpt-*,demo-large}'|403|model_not_allowed|demo-small",
                "ip_ranges = '{10.0.0.0/8,2001:db8::/32}'|403|address_not_allowed|from the address 127.0.0.1",
                "customer_header = 'required'|400|customer_required|X-RateGuard-Customer: missing"
            })
    void aChangeHoldsWithinASecond(String change, int status, String code, String message) {
        TestKey key = bed.key();
        assertThat(bed.send(chat(key)).statusCode()).isEqualTo(200);

        change(key, change);

        HttpResponse<String> refused = within(key, status);
        assertThat(refused.body()).contains("\"" + code + "\"", message);
        int before = bed.provider().received().count();
        assertThat(bed.send(chat(key)).statusCode()).isEqualTo(status);
        assertThat(bed.provider().received().count()).isEqualTo(before);
    }

    @Test
    void aWorkspaceIsSuspendedResumedAndDeletedWithinASecond() {
        WorkspaceId workspace = bed.newWorkspace("closing");
        bed.database().api(workspace, "demo", "demo", bed.provider().url(), "bearer", TestBed.UPSTREAM_SECRET);
        TestKey key = bed.database().key(workspace, "in use");
        assertThat(bed.send(chat(key)).statusCode()).isEqualTo(200);

        change(workspace, "suspended_at = now()");
        assertThat(within(key, 403).body()).contains("\"workspace_suspended\"");

        change(workspace, "suspended_at = NULL");
        assertThat(within(key, 200).statusCode()).isEqualTo(200);

        change(workspace, "deleted_at = now()");
        assertThat(within(key, 401).body()).contains("\"workspace_gone\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "endpoints = '{/v1/CHAT/**}'",
                "models = '{gpt-*,demo-s*}'",
                "ip_ranges = '{127.0.0.0/8}'",
                "api_slugs = '{demo}'"
            })
    void whatAScopeNamesPasses(String scope) {
        TestKey key = bed.key();
        change(key, scope);

        assertThat(bed.send(chat(key)).statusCode()).isEqualTo(200);
    }

    @Test
    void aKeyForSomeModelsReachesFreePathsButNoneWhoseModelCannotBeRead() {
        WorkspaceId workspace = bed.newWorkspace("unread");
        for (String profile : new String[] {"demo", "openai", "generic"}) {
            bed.database().api(workspace, profile, profile, bed.provider().url(), "bearer", TestBed.UPSTREAM_SECRET);
        }
        TestKey key = bed.database().key(workspace, "some models");
        change(key, "models = '{demo-small}'");

        assertThat(bed.send(bed.request("/proxy/openai/v1/models", key).GET()).body())
                .doesNotContain("model_not_allowed");
        HttpResponse<String> unread =
                bed.send(bed.request("/proxy/generic/rest/echo", key).GET());
        assertThat(unread.statusCode()).isEqualTo(403);
        assertThat(unread.body()).contains("model_not_allowed", "whose model RateGuard cannot read");
    }

    @Test
    void aTrustedCustomerIsRecorded() {
        TestKey key = bed.key();
        change(key, "customer_header = 'trusted'");

        HttpResponse<String> reply = bed.send(chat(key).header("X-RateGuard-Customer", "c-7"));

        assertThat(event(reply).caller().customer()).isEqualTo("c-7");
    }

    @Test
    void whatIsNotAllowedIsRecordedAsForbidden() {
        TestKey key = bed.key();
        change(key, "models = '{gpt-*}'");

        RequestEvent event = event(bed.send(chat(key)));

        assertThat(event.verdict().decision()).isEqualTo(Decision.FORBIDDEN);
        assertThat(event.verdict().refusal().code()).isEqualTo("model_not_allowed");
    }

    @Test
    void aSuccessorWorksBesideTheOldKeyAndGoesOnCountingWhereItStood() {
        WorkspaceId workspace = bed.newWorkspace("rotating");
        bed.database().api(workspace, "demo", "demo", bed.provider().url(), "bearer", TestBed.UPSTREAM_SECRET);
        TestKey old = bed.database().key(workspace, "ci");
        TestKey successor = bed.database().key(workspace, "ci");
        bed.database().limit(workspace, "five", "{\"key\":\"" + old.id() + "\"}", "[\"key\"]", """
                {"algorithm":"token-bucket","unit":"requests","capacity":5,"refill":1,"periodSeconds":86400}""");
        bed.database()
                .execute(
                        "UPDATE api_keys SET line_id = ? WHERE id = ?",
                        old.id().value(),
                        successor.id().value());
        change(old, "expires_at = now() + interval '1 hour'");
        for (TestKey key : new TestKey[] {old, old, successor, successor, old}) {
            HttpResponse<String> reply = bed.send(chat(key));
            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
            assertThat(event(reply).caller().key()).isEqualTo(key.id());
        }

        assertThat(bed.send(chat(successor)).statusCode()).isEqualTo(429);
        assertThat(bed.send(chat(old)).statusCode()).isEqualTo(429);
        change(old, "expires_at = now()");
        within(old, 401);
        assertThat(bed.send(chat(successor)).statusCode()).isEqualTo(429);
    }

    private static void change(TestKey key, String change) {
        bed.database()
                .execute(
                        "UPDATE api_keys SET " + change + " WHERE id = ?",
                        key.id().value());
    }

    private static void change(WorkspaceId workspace, String change) {
        bed.database().execute("UPDATE workspaces SET " + change + " WHERE id = ?", workspace.value());
    }

    private static HttpRequest.Builder chat(TestKey key) {
        return bed.chat(key, chatBody("demo-small", 5));
    }

    private static RequestEvent event(HttpResponse<?> reply) {
        return bed.events()
                .of(reply.headers().firstValue("X-RateGuard-Request-Id").orElseThrow());
    }

    private static HttpResponse<String> within(TestKey key, int status) {
        long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        HttpResponse<String> last = bed.send(chat(key));
        while (last.statusCode() != status && System.nanoTime() < end) {
            last = bed.send(chat(key));
        }
        assertThat(last.statusCode()).as(last.body()).isEqualTo(status);
        return last;
    }
}
