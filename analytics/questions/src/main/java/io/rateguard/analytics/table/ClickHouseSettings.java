package io.rateguard.analytics.table;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * How to reach one ClickHouse database.
 *
 * @param url {@code http(s)://host:port}; {@code ?compress=false} asks for replies that are not compressed
 */
public record ClickHouseSettings(String url, String user, String password, String database) {

    public static final String DEFAULT_DATABASE = "rateguard";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

    public ClickHouseSettings {
        URI uri = parsed(url);
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException("ClickHouse URL: " + url + " (expected: http(s)://host:port)");
        }
        if (!NAME.matcher(database).matches()) {
            throw new IllegalArgumentException(
                    "ClickHouse database: \"" + database + "\" (expected: letters, digits and underscores)");
        }
    }

    String endpoint() {
        URI uri = parsed(url);
        int port = uri.getPort() > 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 8443 : 8123;
        String path = uri.getPath() == null ? "" : uri.getPath();
        return uri.getScheme() + "://" + uri.getHost() + ":" + port + path;
    }

    boolean compressesReplies() {
        String query = parsed(url).getQuery();
        return query == null || !("&" + query + "&").contains("&compress=false&");
    }

    ClickHouseSettings withDatabase(String other) {
        return new ClickHouseSettings(url, user, password, other);
    }

    @Override
    public String toString() {
        return user + " at " + url + ", database " + database;
    }

    private static URI parsed(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("ClickHouse URL: " + url + " (expected: http(s)://host:port)");
        }
    }
}
