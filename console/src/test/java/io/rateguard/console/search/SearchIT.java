package io.rateguard.console.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.TestDatabase;
import io.rateguard.console.search.Found.Kind;
import io.rateguard.console.security.SignedIn;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.key.Secret;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SearchIT {

    private final RunningConsole console = RunningConsole.get();
    private final Search search = console.context().getBean(Search.class);
    private final String team = "team-" + UUID.randomUUID();
    private final String email = "ada@" + team + ".example";
    private final Secret token = TestDatabase.newToken();
    private Workspace workspace;

    @BeforeEach
    void fill() {
        console.database().bootstrap(team, email, "a password of their own", token);
        SignedIn.as(console, email);
        workspace = console.context().getBean(Workspaces.class).require(team);
        add(
                "apis",
                "{\"slug\":\"chat\",\"name\":\"Nightly chat\",\"profile\":\"openai\",\"baseUrl\":\"https://api.openai.com\","
                        + "\"auth\":{\"type\":\"none\"}}");
        add("keys", "{\"name\":\"The nightly job\"}");
        add("budgets", "{\"name\":\"nightly\",\"amountNanos\":100,\"period\":\"month\"}");
        add("limits", "{\"name\":\"Nightly 100 %\",\"limit\":{\"algorithm\":\"concurrency\",\"max\":20}}");
    }

    @AfterEach
    void signOut() {
        SignedIn.out();
    }

    @Test
    void findsWhatHasItInItsNameAndWhatBeginsWithItFirst() {
        assertThat(search.find(workspace.id(), " NIGHTLY "))
                .extracting(Found::kind, Found::name)
                .containsExactly(
                        tuple(Kind.BUDGET, "nightly"),
                        tuple(Kind.LIMIT, "Nightly 100 %"),
                        tuple(Kind.API, "Nightly chat"),
                        tuple(Kind.KEY, "The nightly job"));
        assertThat(search.find(workspace.id(), "100 %")).extracting(Found::kind).containsExactly(Kind.LIMIT);
        assertThat(search.find(workspace.id(), "%")).hasSize(1);
        assertThat(search.find(workspace.id(), "_"))
                .allMatch(found -> found.detail().contains("_"));
        assertThat(search.find(workspace.id(), "no such thing")).isEmpty();
        assertThat(search.find(workspace.id(), "nightly\0")).isEmpty();
    }

    @Test
    void findsMembersByTheirAddressAndTakesARequestsIdForOne() {
        RequestId request = RequestId.create(1_790_000_000_000L, new Random(1));

        assertThat(search.find(workspace.id(), email))
                .extracting(Found::kind, Found::detail)
                .containsExactly(tuple(Kind.MEMBER, email));
        assertThat(search.find(workspace.id(), " " + request.value()))
                .containsExactly(new Found(Kind.REQUEST, request.value(), ""));
        assertThat(search.find(workspace.id(), " ")).isEmpty();
    }

    @Test
    void findsNothingOfOthers() {
        String other = "other-" + UUID.randomUUID();
        console.database()
                .bootstrap(other, "eve@" + other + ".example", "a password of their own", TestDatabase.newToken());
        SignedIn.as(console, "eve@" + other + ".example");
        Workspace theirs = console.context().getBean(Workspaces.class).require(other);

        assertThat(search.find(theirs.id(), "nightly")).isEmpty();
    }

    private void add(String resource, String body) {
        assertThat(console.ask("POST", "/api/v1/workspaces/" + team + "/" + resource, token, body)
                        .status())
                .isEqualTo(201);
    }
}
