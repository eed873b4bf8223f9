package io.rateguard.console.setup;

import static io.rateguard.console.fixture.TestDatabase.change;
import static io.rateguard.console.fixture.TestDatabase.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.console.fixture.TestDatabase;
import io.rateguard.console.setup.Resealing.Place;
import io.rateguard.domain.secret.SecretBox;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResealingIT {

    private static final String OLD = key(1);
    private static final String NEW = key(2);

    private final TestDatabase database = TestDatabase.migrated();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final UUID credential = UUID.randomUUID();
    private final UUID channel = UUID.randomUUID();
    private final UUID letter = UUID.randomUUID();
    private Connection owner;
    private UUID workspace;
    private UUID user;

    @BeforeEach
    void sealSomethingEverywhere() throws SQLException {
        database.bootstrap("acme", "ada@acme.example", "a good password", TestDatabase.newToken());
        owner = database.owner();
        workspace = database.workspace("acme").value();
        user = (UUID) column(owner, "SELECT id FROM users").getFirst();
        change(
                owner,
                "INSERT INTO apis (id, workspace_id, slug, name, profile, base_url, auth_type, unknown_paths) VALUES ('"
                        + workspace + "', '" + workspace
                        + "', 'a', 'a', 'generic', 'https://api.example', 'bearer', 'flat')");
        seal(
                credential,
                "INSERT INTO api_credentials (sealed, id, workspace_id, api_id, name, sealed_with) VALUES (?, '"
                        + credential + "', '" + workspace + "', '" + workspace + "', 'main', 'old')");
        seal(
                channel,
                "INSERT INTO channels (sealed, id, workspace_id, name, type, target, sealed_with) VALUES (?, '"
                        + channel + "', '" + workspace + "', 'ops', 'slack', '{}', 'old')");
        seal(user, "UPDATE users SET totp_sealed = ?");
        seal(letter, "INSERT INTO deliveries (letter, id, mail_to) VALUES (?, '" + letter + "', 'ada@acme.example')");
    }

    @AfterEach
    void close() throws SQLException {
        owner.close();
    }

    @Test
    void leavesNothingThatTheOldKeyHasSealed() throws SQLException {
        long version = policyVersion();

        run(NEW + "," + OLD);

        assertThat(said()).isEqualTo("""
                api_credentials.sealed: 1 sealed anew under key %1$s, 0 were already
                channels.sealed: 1 sealed anew under key %1$s, 0 were already
                users.totp_sealed: 1 sealed anew under key %1$s, 0 were already
                deliveries.letter: 1 sealed anew under key %1$s, 0 were already
                """.formatted(box(NEW).keyId()));
        for (UUID id : new UUID[] {credential, channel, user, letter}) {
            assertThat(box(NEW).open(sealed(id), id.toString())).isEqualTo("secret of " + id);
            assertThatThrownBy(() -> box(OLD).open(sealed(id), id.toString())).hasMessageContaining("does not open");
        }
        assertThat(column(owner, "SELECT sealed_with FROM api_credentials UNION ALL SELECT sealed_with FROM channels"))
                .containsOnly(box(NEW).keyId());
        assertThat(policyVersion()).as("so that proxies read it").isGreaterThan(version);
        assertThat(
                        column(
                                owner,
                                "SELECT resource || ' ' || action FROM audit_entries WHERE action <> 'created' ORDER BY id DESC LIMIT 3"))
                .as("nobody turned a second factor on")
                .containsExactly("users changed", "channels changed", "credentials changed");
    }

    @Test
    void doesNothingASecondTime() throws SQLException {
        run(NEW + "," + OLD);
        byte[] once = sealed(credential);
        said.reset();

        run(NEW + "," + OLD);

        assertThat(said()).contains("api_credentials.sealed: 0 sealed anew", "1 were already");
        assertThat(sealed(credential)).isEqualTo(once);
    }

    @Test
    void isFinishedByTheNextRunWhereItWasStopped() throws SQLException {
        change(owner, """
                CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''stopped''; END'""");
        change(owner, "CREATE TRIGGER stop BEFORE UPDATE ON channels FOR EACH ROW EXECUTE FUNCTION stop()");
        assertThatThrownBy(() -> run(NEW + "," + OLD)).hasMessageContaining("stopped");
        assertThat(box(NEW).isCurrent(sealed(credential), credential.toString()))
                .isTrue();
        assertThat(box(OLD).isCurrent(sealed(channel), channel.toString())).isTrue();
        change(owner, "DROP TRIGGER stop ON channels");

        run(NEW + "," + OLD);

        for (UUID id : new UUID[] {credential, channel, user, letter}) {
            assertThat(box(NEW).isCurrent(sealed(id), id.toString())).isTrue();
        }
    }

    @Test
    void namesWhatOpensWithNoneOfTheKeysAndDoesTheRest() throws SQLException {
        byte[] lost = box(key(3)).seal("lost", channel.toString());
        try (PreparedStatement update = owner.prepareStatement("UPDATE channels SET sealed = ?")) {
            update.setBytes(1, lost);
            update.executeUpdate();
        }

        assertThatThrownBy(() -> run(NEW + "," + OLD))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("left as it is, since it opens with none of the keys: channels " + channel
                        + " (expected: the key that sealed it in RATEGUARD_SECRET_KEY)");

        assertThat(sealed(channel)).isEqualTo(lost);
        assertThat(box(NEW).isCurrent(sealed(letter), letter.toString())).isTrue();
    }

    @Test
    void asksForTheKeys() {
        assertThatThrownBy(() -> run(""))
                .hasMessage(
                        "RATEGUARD_SECRET_KEY: not set (expected: 32 bytes in base 64, and those of the old keys after commas)");
        assertThatThrownBy(() -> run(NEW + ","))
                .hasMessage("RATEGUARD_SECRET_KEY: 0 bytes (expected: 32 bytes in base 64)");
    }

    /** Bytes that are no hash are sealed: whoever adds such a column adds it to the places. */
    @Test
    void knowsAllThatIsSealed() throws SQLException {
        assertThat(column(owner, """
                        SELECT table_name || '.' || column_name FROM information_schema.columns
                        WHERE table_schema = 'public' AND data_type = 'bytea' AND column_name NOT LIKE '%hash'"""))
                .containsExactlyInAnyOrderElementsOf(
                        Resealing.PLACES.stream().map(Place::toString).toList());
    }

    private void run(String keys) {
        Map<String, String> environment = database.environment();
        environment.put("RATEGUARD_SECRET_KEY", keys);
        Resealing.run(environment, new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private void seal(UUID id, String sql) throws SQLException {
        try (PreparedStatement statement = owner.prepareStatement(sql)) {
            statement.setBytes(1, box(OLD).seal("secret of " + id, id.toString()));
            statement.executeUpdate();
        }
    }

    private byte[] sealed(UUID id) throws SQLException {
        for (Place place : Resealing.PLACES) {
            var found =
                    column(owner, "SELECT " + place.column() + " FROM " + place.table() + " WHERE id = '" + id + "'");
            if (!found.isEmpty()) {
                return (byte[]) found.getFirst();
            }
        }
        throw new AssertionError(id);
    }

    private long policyVersion() throws SQLException {
        return (long) column(owner, "SELECT policy_version FROM workspaces").getFirst();
    }

    private static SecretBox box(String keys) {
        return new SecretBox(keys, new SecureRandom());
    }

    private static String key(int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
