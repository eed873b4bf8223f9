package io.rateguard.console.setup;

import io.rateguard.domain.secret.SecretBox;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Seals anew, under the first of the keys, whatever another one of them has sealed, so that the others can be forgotten. Each
 * row is a transaction of its own: killed, it has done a part, and the next run does the rest.
 */
public final class Resealing {

    /** All that is sealed in the database; each is bound to the id of its row. */
    static final List<Place> PLACES = List.of(
            new Place("api_credentials", "sealed", ", sealed_with = ?"),
            new Place("channels", "sealed", ", sealed_with = ?"),
            new Place("users", "totp_sealed", ""),
            new Place("deliveries", "letter", ""));

    private final Connection connection;
    private final SecretBox secrets;

    private Resealing(Connection connection, SecretBox secrets) {
        this.connection = connection;
        this.secrets = secrets;
    }

    /** @throws IllegalStateException when something opens with none of the keys, once all else is done */
    public static void run(Map<String, String> environment, PrintStream out) {
        String keys = Variables.require(
                environment, "RATEGUARD_SECRET_KEY", "32 bytes in base 64, and those of the old keys after commas");
        SecretBox secrets = new SecretBox(keys, new SecureRandom());
        DatabaseAccess owner = DatabaseAccess.of(environment);
        List<String> closed = new ArrayList<>();
        try (Connection connection = owner.connect()) {
            connection.setAutoCommit(false);
            for (Place place : PLACES) {
                new Resealing(connection, secrets).reseal(place, closed, out);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("resealing in " + owner + " failed: " + failed.getMessage(), failed);
        }
        if (!closed.isEmpty()) {
            throw new IllegalStateException("left as it is, since it opens with none of the keys: "
                    + String.join(", ", closed) + " (expected: the key that sealed it in RATEGUARD_SECRET_KEY)");
        }
    }

    private void reseal(Place place, List<String> closed, PrintStream out) throws SQLException {
        int done = 0;
        int current = 0;
        for (UUID id : ids(place)) {
            byte[] sealed = lock(place, id);
            if (sealed != null) {
                if (secrets.isCurrent(sealed, id.toString())) {
                    current++;
                } else if (reseal(place, id, sealed)) {
                    done++;
                } else {
                    closed.add(place.table() + " " + id);
                }
            }
            connection.commit();
        }
        out.println(
                place + ": " + done + " sealed anew under key " + secrets.keyId() + ", " + current + " were already");
    }

    private List<UUID> ids(Place place) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT id FROM " + place.table() + " WHERE " + place.column() + " IS NOT NULL ORDER BY id");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                ids.add(row.getObject(1, UUID.class));
            }
        }
        connection.commit();
        return ids;
    }

    /** What is there still; a letter may have been sent since. */
    private byte @Nullable [] lock(Place place, UUID id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT " + place.column() + " FROM " + place.table() + " WHERE id = ? FOR UPDATE")) {
            query.setObject(1, id);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        }
    }

    /** False when none of the keys opens it. */
    private boolean reseal(Place place, UUID id, byte[] sealed) throws SQLException {
        String secret;
        try {
            secret = secrets.open(sealed, id.toString());
        } catch (IllegalArgumentException closed) {
            return false;
        }
        try (PreparedStatement update = connection.prepareStatement("UPDATE " + place.table() + " SET " + place.column()
                + " = ?, version = version + 1" + place.keyId() + " WHERE id = ?")) {
            int next = 1;
            update.setBytes(next++, secrets.seal(secret, id.toString()));
            if (!place.keyId().isEmpty()) {
                update.setString(next++, secrets.keyId());
            }
            update.setObject(next, id);
            update.executeUpdate();
        }
        return true;
    }

    /** @param keyId how the id of the key is kept beside it, where it is */
    record Place(String table, String column, String keyId) {

        @Override
        public String toString() {
            return table + "." + column;
        }
    }
}
