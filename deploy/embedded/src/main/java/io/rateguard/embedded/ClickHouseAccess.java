package io.rateguard.embedded;

/** How to reach one ClickHouse database over HTTP. */
public record ClickHouseAccess(String host, int port, String database, String user, String password) {

    public String httpUrl() {
        return "http://" + host + ":" + port;
    }

    /** For the ClickHouse JDBC driver; replies are not compressed on loopback. */
    public String jdbcUrl() {
        return "jdbc:clickhouse://" + host + ":" + port + "/" + database + "?compress=false";
    }

    public ClickHouseAccess withDatabase(String other) {
        return new ClickHouseAccess(host, port, other, user, password);
    }

    @Override
    public String toString() {
        return user + " at " + httpUrl() + "/" + database;
    }
}
