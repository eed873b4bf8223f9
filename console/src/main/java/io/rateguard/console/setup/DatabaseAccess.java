package io.rateguard.console.setup;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** Where the database is and who connects; its text form leaves out the password. */
public record DatabaseAccess(String url, String user, String password) {

    /** @throws IllegalArgumentException naming the variable that is missing */
    public static DatabaseAccess of(Map<String, String> environment) {
        return new DatabaseAccess(
                Variables.require(environment, "RATEGUARD_POSTGRES_URL", "jdbc:postgresql://host:port/database"),
                Variables.require(environment, "RATEGUARD_POSTGRES_USER", "a role of the database"),
                Variables.require(environment, "RATEGUARD_POSTGRES_PASSWORD", "that role's password"));
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    @Override
    public String toString() {
        return url + " as " + user;
    }
}
