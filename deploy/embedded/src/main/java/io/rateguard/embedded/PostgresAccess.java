package io.rateguard.embedded;

/** How to reach one PostgreSQL database. */
public record PostgresAccess(String host, int port, String database, String user, String password) {

    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    public PostgresAccess withDatabase(String other) {
        return new PostgresAccess(host, port, other, user, password);
    }

    @Override
    public String toString() {
        return user + " at " + jdbcUrl();
    }
}
