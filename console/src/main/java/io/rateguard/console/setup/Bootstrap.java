package io.rateguard.console.setup;

import io.rateguard.domain.api.Slug;
import io.rateguard.domain.key.Secret;
import io.rateguard.domain.secret.PasswordRule;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Creates the first workspace, its owner and a management token, as far as they are missing. What is there is left
 * alone: a second run changes nothing.
 */
public final class Bootstrap {

    private final Connection connection;
    private final PrintStream out;
    private final PasswordEncoder passwords = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();

    private Bootstrap(Connection connection, PrintStream out) {
        this.connection = connection;
        this.out = out;
    }

    public static void run(Map<String, String> environment, PrintStream out) {
        Wanted wanted = Wanted.of(environment);
        DatabaseAccess owner = DatabaseAccess.of(environment);
        try (Connection connection = owner.connect()) {
            connection.setAutoCommit(false);
            new Bootstrap(connection, out).create(wanted);
            connection.commit();
        } catch (SQLException failed) {
            throw new IllegalStateException("bootstrap of " + owner + " failed: " + failed.getMessage(), failed);
        }
    }

    private void create(Wanted wanted) throws SQLException {
        UUID workspace = workspace(wanted);
        UUID user = user(wanted);
        change(
                "INSERT INTO memberships (workspace_id, user_id, role) VALUES (?, ?, 'owner') ON CONFLICT DO NOTHING",
                workspace,
                user);
        if (wanted.token().isPresent()) {
            token(workspace, wanted.token().get());
        }
    }

    private UUID workspace(Wanted wanted) throws SQLException {
        int created = change(
                "INSERT INTO workspaces (slug, name) VALUES (?, ?) ON CONFLICT DO NOTHING",
                wanted.slug(),
                wanted.workspaceName());
        say("workspace " + wanted.slug(), created);
        return find("SELECT id, '' FROM workspaces WHERE slug = ?", wanted.slug())
                .orElseThrow()
                .id();
    }

    private UUID user(Wanted wanted) throws SQLException {
        String question = "SELECT id, coalesce(password_hash, '') FROM users WHERE lower(email) = lower(?)";
        Optional<Found> found = find(question, wanted.email());
        if (found.isEmpty()) {
            change(
                    "INSERT INTO users (email, name, password_hash) VALUES (?, ?, ?)",
                    wanted.email(),
                    wanted.email().substring(0, wanted.email().indexOf('@')),
                    passwords.encode(wanted.password()));
            say("user " + wanted.email(), 1);
            return find(question, wanted.email()).orElseThrow().id();
        }
        boolean same = passwords.matches(wanted.password(), found.get().text());
        out.println("user " + wanted.email() + ": already there"
                + (same ? "" : " with another password, which is left as it is"));
        return found.get().id();
    }

    private void token(UUID workspace, Secret token) throws SQLException {
        int created = change(
                "INSERT INTO management_tokens (workspace_id, name, prefix, hash, role)"
                        + " VALUES (?, 'bootstrap', ?, ?, 'owner') ON CONFLICT (hash) DO NOTHING",
                workspace,
                token.displayPrefix(),
                token.hash().bytes());
        say("management token " + token, created);
    }

    private void say(String what, int created) {
        out.println(what + ": " + (created == 1 ? "created" : "already there"));
    }

    private int change(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    private Optional<Found> find(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet rows = statement.executeQuery()) {
            return rows.next()
                    ? Optional.of(new Found(rows.getObject(1, UUID.class), rows.getString(2)))
                    : Optional.empty();
        }
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private record Found(UUID id, String text) {}

    private record Wanted(String slug, String workspaceName, String email, String password, Optional<Secret> token) {

        static Wanted of(Map<String, String> environment) {
            String workspace = Variables.require(
                    environment, "RATEGUARD_BOOTSTRAP_WORKSPACE", "a slug, or slug/name: acme/Acme Inc.");
            int slash = workspace.indexOf('/');
            String slug = slash < 0 ? workspace : workspace.substring(0, slash);
            String email = Variables.require(environment, "RATEGUARD_BOOTSTRAP_EMAIL", "the owner's email address");
            if (email.indexOf('@') < 1) {
                throw new IllegalArgumentException(
                        "RATEGUARD_BOOTSTRAP_EMAIL: " + email + " (expected: an email address)");
            }
            return new Wanted(
                    Slug.require("RATEGUARD_BOOTSTRAP_WORKSPACE", slug),
                    slash < 0 ? slug : workspace.substring(slash + 1),
                    email,
                    password(environment),
                    Variables.find(environment, "RATEGUARD_BOOTSTRAP_TOKEN").map(Wanted::token));
        }

        private static String password(Map<String, String> environment) {
            return PasswordRule.require(
                    "RATEGUARD_BOOTSTRAP_PASSWORD",
                    Variables.require(environment, "RATEGUARD_BOOTSTRAP_PASSWORD", "the owner's password"));
        }

        private static Secret token(String text) {
            return Secret.parse(Secret.Kind.MANAGEMENT_TOKEN, text)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "RATEGUARD_BOOTSTRAP_TOKEN: not a management token (expected: rgm_ and 38 characters"
                                    + " with a right checksum)"));
        }
    }
}
