package io.rateguard.console.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.console.calls.Calls;
import io.rateguard.console.calls.Ended;
import io.rateguard.console.calls.Ended.How;
import io.rateguard.console.calls.Head;
import io.rateguard.console.calls.LentKey;
import io.rateguard.console.calls.Listener;
import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import io.rateguard.console.fixture.StandInProxy;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.security.SignedIn;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests by hand, and their replies as they come. */
class PlaygroundIT {

    private final RunningConsole console = RunningConsole.get();
    private final Playground playground = console.context().getBean(Playground.class);
    private final String api = "play-" + UUID.randomUUID();
    private final Heard heard = new Heard();
    private WorkspaceId acme;
    private LentKey key;

    @BeforeEach
    void signIn() throws SQLException {
        console.post("apis", """
                {"slug":"%s","profile":"generic","baseUrl":"https://api.example","auth":{"type":"none"}}""".formatted(api));
        acme = console.database().workspace("acme");
        SignedIn.as(console, RunningConsole.EMAIL);
        key = playground.lend(acme, api);
    }

    @AfterEach
    void signOut() {
        key.close();
        SignedIn.out();
    }

    @Test
    void sendsWhatWasWrittenAndHandsTheReplyOnAsItComes() throws InterruptedException {
        CountDownLatch firstHeard = new CountDownLatch(1);
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        console.proxy().answer(api, exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            asked.add(exchange.getRequestHeaders().getFirst("Authorization"));
            asked.add(exchange.getRequestHeaders().getFirst("X-RateGuard-Customer"));
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.getResponseHeaders().add("X-RateGuard-Request-Id", "req_1");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("first, é ".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            await(firstHeard);
            exchange.getResponseBody().write("last".getBytes(StandardCharsets.UTF_8));
        });

        send(new Trial("", "POST", "/v1/x?y=1", "\n X-RateGuard-Customer: acme inc \n", "{}"));

        assertThat(heard.next()).isEqualTo("200 req_1");
        assertThat(heard.next()).isEqualTo("first, é ");
        firstHeard.countDown();
        assertThat(heard.next()).isEqualTo("last");
        assertThat(heard.next()).isEqualTo("WHOLE");
        assertThat(asked)
                .containsExactly(
                        "POST /proxy/" + api + "/v1/x?y=1",
                        "Bearer " + key.secret().reveal(),
                        "acme inc",
                        "{}");
    }

    @Test
    void endsEarlyWhenItIsCancelled() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        console.proxy().answer(api, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            await(over);
        });

        Runnable cancel = send(get("/"));
        assertThat(heard.next()).startsWith("200");
        assertThat(heard.next()).isEqualTo("x");
        cancel.run();

        assertThat(heard.next()).isEqualTo(How.CANCELLED.name());
        over.countDown();
    }

    @Test
    void readsNoFurtherThanItsBound() throws InterruptedException {
        console.proxy().answer(api, StandInProxy.with(200, Map.of(), "x".repeat(Calls.MOST_CHARS + 1)));

        send(get("/"));

        assertThat(heard.next()).startsWith("200");
        long chars = 0;
        String part = heard.next();
        while (part.startsWith("x")) {
            chars += part.length();
            part = heard.next();
        }
        assertThat(part).isEqualTo(How.TOO_LARGE.name());
        assertThat(chars).isEqualTo(Calls.MOST_CHARS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET|v1/models||path: v1/models (expected: a path that begins with /",
                "GET|/../admin||path: /../admin (expected: a path that begins with /",
                "GET|/a b||path: /a b (expected: a path that begins with /",
                "GET|/a#b||path: /a#b (expected: a path that begins with /",
                "TRACE|/||method: TRACE (expected: one of ",
                "GET|/|Authorization: x|headers: Authorization (expected: another one; this one is set for you)"
            })
    void objectsToWhatCannotBeSent(String method, String path, String headers, String objection) {
        assertThatThrownBy(() -> send(new Trial("", method, path, headers == null ? "" : headers, "")))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith(objection);
    }

    @Test
    void sendsNoKeyButOneOfTheWorkspaceThatWorks() {
        Secret foreign = secret(
                console.ask("POST", "/api/v1/workspaces/other/keys", console.otherToken(), "{\"name\":\"theirs\"}"));
        Secret invented = Secret.create(Secret.Kind.LIVE_KEY, new SecureRandom());
        Answer suspended = created();
        console.post("keys/" + id(suspended) + "/suspend", "");
        Answer revoked = created();
        console.post("keys/" + id(revoked) + "/revoke", "");

        for (Secret refused : List.of(foreign, invented, secret(suspended), secret(revoked))) {
            assertThatThrownBy(() -> playground.send(acme, api, get("/"), refused, heard))
                    .isInstanceOf(Problem.class)
                    .hasMessageStartingWith("key: none of this workspace's that works (expected: ")
                    .hasMessageNotContaining(refused.reveal());
        }
    }

    @Test
    void sendsAKeyOfTheWorkspaceAlsoInTheGraceOfItsRotation() throws InterruptedException {
        Answer own = created();
        console.post("keys/" + id(own) + "/rotate", "{}");
        console.proxy().answer(api, StandInProxy.with(200, Map.of(), ""));

        playground.send(acme, api, get("/"), secret(own), heard);

        assertThat(heard.next()).startsWith("200");
    }

    private Answer created() {
        return console.post("keys", "{\"name\":\"" + api + "\"}");
    }

    private static String id(Answer created) {
        return created.json().path("id").asString();
    }

    private static Secret secret(Answer created) {
        return Secret.parse(created.json().path("secret").asString()).orElseThrow();
    }

    @Test
    void objectsToABodyThatNobodyWritesByHand() {
        Trial large = new Trial("", "POST", "/", "", "x".repeat(Playground.MOST_BODY_CHARS + 1));

        assertThatThrownBy(() -> send(large)).hasMessage("body: 200001 characters (expected: 200000 at most)");
    }

    private Runnable send(Trial trial) {
        return playground.send(acme, api, trial, key.secret(), heard);
    }

    private static Trial get(String path) {
        return new Trial("", "GET", path, "", "");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Heard implements Listener {

        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

        @Override
        public void head(Head head) {
            told.add(head.status() + " " + head.requestId().orElse(""));
        }

        @Override
        public void text(String part) {
            told.add(part);
        }

        @Override
        public void ended(Ended ended) {
            told.add(ended.how().name());
        }

        String next() throws InterruptedException {
            String next = told.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("told within 10 s").isNotNull();
            return next;
        }
    }
}
