package io.rateguard.console.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.console.apis.Apis;
import io.rateguard.console.apis.NewApi;
import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.keys.NewKey;
import io.rateguard.console.keys.Rotation;
import io.rateguard.console.overview.Overview;
import io.rateguard.console.overview.Range;
import io.rateguard.console.prices.Prices;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.workspaces.NewWorkspace;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.counters.Counters;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.usage.UsageClass;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.core.context.SecurityContextHolder;

/** What the services that screens ask allow a signed-in person, role by role. */
class RolesOnScreenIT {

    private final RunningConsole console = RunningConsole.get();
    private final Keys keys = console.context().getBean(Keys.class);
    private final Apis apis = console.context().getBean(Apis.class);
    private final Access access = console.context().getBean(Access.class);
    private final Workspaces workspaces = console.context().getBean(Workspaces.class);
    private final Prices prices = console.context().getBean(Prices.class);
    private final Overview overview = console.context().getBean(Overview.class);

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    @ParameterizedTest
    @CsvSource({"owner,true", "admin,true", "developer,true", "viewer,false", "billing,false"})
    void letsOnlyThoseCreateAndRevokeWhoMay(String role, boolean may) throws SQLException {
        signInAs(role);
        Workspace acme = workspaces.require("acme");
        Keys.Key existing = keyOfTheOwner();

        assertThat(keys.list(acme.id(), PageRequest.first()).items()).isNotEmpty();
        assertThat(overview.read(acme, Range.DAY, Instant.EPOCH).join().chart()).hasSize(24);
        assertThat(access.may(acme.id(), Action.EDIT_KEYS)).isEqualTo(may);
        assertAllowed(may, role, "change keys", () -> keys.create(acme.id(), key("made by " + role)));
        assertAllowed(
                may,
                role,
                "change keys",
                () -> keys.revoke(acme.id(), existing.id().toString()));
        String theirs = keyOfTheOwner().id().toString();
        assertAllowed(may, role, "change keys", () -> keys.suspend(acme.id(), theirs));
        assertAllowed(may, role, "change keys", () -> keys.resume(acme.id(), theirs));
        assertAllowed(may, role, "change keys", () -> keys.rotate(acme.id(), theirs, Rotation.USUAL));
        assertAllowed(
                may, role, "change APIs", () -> apis.create(acme.id(), api("by-" + role + "-" + UUID.randomUUID())));
    }

    @Test
    void findsThePriceThatAnEventNamesAfterItIsDeletedAndInItsWorkspaceAlone() throws SQLException {
        String id = console.post(
                        "prices",
                        "{\"model\":\"" + UUID.randomUUID() + "\",\"rates\":{\"input\":\"2.5\",\"output\":\"10\"}}")
                .json()
                .path("id")
                .asString();
        console.delete("prices/" + id);
        signInAs("viewer");
        WorkspaceId acme = workspaces.require("acme").id();

        assertThat(prices.named(acme, "override/" + id)).hasValueSatisfying(price -> {
            assertThat(price.version()).isEqualTo("override/" + id);
            assertThat(price.usdPerMillion()).isEqualTo(Map.of(UsageClass.INPUT, "2.5", UsageClass.OUTPUT, "10"));
        });
        assertThat(prices.named(acme, "2026-08-21/openai/gpt-4o")).isEmpty();
        assertThat(prices.named(acme, "override/" + UUID.randomUUID())).isEmpty();
        assertThat(prices.named(acme, null)).isEmpty();
        assertThatThrownBy(() -> prices.named(console.database().workspace("other"), "override/" + id))
                .hasMessage("workspace: not found");
    }

    @Test
    void letsAPersonFoundAWorkspaceThatTheyOwn() throws SQLException {
        signInAs("viewer");
        String slug = "mine-" + UUID.randomUUID();

        Workspace mine = workspaces.create(new NewWorkspace(" Mine ", slug));

        assertThat(mine.name()).isEqualTo("Mine");
        assertThat(access.role(mine.id())).contains(Role.OWNER);
        assertThat(workspaces.visible()).extracting(Workspace::slug).containsExactlyInAnyOrder("acme", slug);
        assertThat(keys.list(mine.id(), PageRequest.first()).items()).isEmpty();
        assertThat(console.context()
                        .getBean(Counters.class)
                        .rebuilds()
                        .initialise(mine.id())
                        .toCompletableFuture()
                        .join())
                .as("not counted before")
                .isFalse();
        assertThatThrownBy(() -> workspaces.create(new NewWorkspace("Again", slug)))
                .hasMessageContaining("uq_workspaces_slug");
        assertThatThrownBy(() -> workspaces.create(new NewWorkspace("Again", "No Slug")))
                .hasMessageStartingWith("slug: \"No Slug\" (expected:");
        assertThatThrownBy(() -> workspaces.create(new NewWorkspace(" ", "again")))
                .hasMessageStartingWith("name: 0 characters");
    }

    @Test
    void letsNoTokenFoundAWorkspace() throws SQLException {
        WorkspaceId acme = console.database().workspace("acme");
        SecurityContextHolder.getContext()
                .setAuthentication(
                        new TokenAuthentication(new Caller.Token(acme, Role.OWNER, UUID.randomUUID(), "ci")));

        assertThatThrownBy(() -> workspaces.create(new NewWorkspace("Mine", "of-a-token")))
                .isInstanceOf(Problem.class);
    }

    @Test
    void doesNotFindAWorkspaceThePersonHasNoPartIn() throws SQLException {
        signInAs("viewer");
        WorkspaceId other = console.database().workspace("other");

        assertThatThrownBy(() -> workspaces.require("other")).hasMessageStartingWith("workspace: other (expected:");
        assertThatThrownBy(() -> keys.list(other, PageRequest.first())).hasMessage("workspace: not found");
        assertThatThrownBy(() -> overview.read(
                        new Workspace(other, "other", "other", ZoneOffset.UTC, false), Range.DAY, Instant.EPOCH))
                .isInstanceOf(Problem.class)
                .hasMessage("workspace: not found");
        assertThat(access.role(other)).isEmpty();
    }

    private Keys.Key keyOfTheOwner() {
        String id =
                console.post("keys", "{\"name\":\"theirs\"}").json().path("id").asString();
        return keys.read(workspaces.require("acme").id(), id);
    }

    private static void assertAllowed(boolean may, String role, String words, Runnable action) {
        if (may) {
            action.run();
            return;
        }
        assertThatThrownBy(action::run).isInstanceOf(Problem.class).hasMessage("role " + role + " may not " + words);
    }

    private void signInAs(String role) throws SQLException {
        UUID id = UUID.randomUUID();
        String email = role + "-" + id + "@acme.example";
        try (Connection owner = console.database().owner();
                var user = owner.prepareStatement("INSERT INTO users (id, email, name) VALUES (?, ?, ?)");
                var member = owner.prepareStatement("""
                        INSERT INTO memberships (workspace_id, user_id, role)
                        SELECT id, ?, ? FROM workspaces WHERE slug = 'acme'""")) {
            user.setObject(1, id);
            user.setString(2, email);
            user.setString(3, role);
            user.executeUpdate();
            member.setObject(1, id);
            member.setString(2, role);
            member.executeUpdate();
        }
        SignedIn.as(id, email);
    }

    private static NewKey key(String name) {
        return new NewKey(name, "live", null, Map.of(), null, null, null, null, null, null, null, null);
    }

    private static NewApi api(String slug) {
        NewApi.Auth open = new NewApi.Auth("none", null, null);
        return new NewApi(
                slug, null, "generic", "https://api.example", open, null, null, null, null, null, null, null, null);
    }
}
