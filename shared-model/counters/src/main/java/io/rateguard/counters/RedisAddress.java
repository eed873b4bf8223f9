package io.rateguard.counters;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Redis URL in its parts: {@code redis[s]://[user:password@]host[:port][/database]}, or for a cluster
 * {@code redis[s]+cluster://[user:password@]host[:port],…} with some of its nodes.
 *
 * @param servers {@code redis[s]://host:port} each
 */
record RedisAddress(
        List<String> servers,
        @Nullable String user,
        @Nullable String password,
        int database,
        boolean cluster) {

    private static final int DEFAULT_PORT = 6379;
    private static final String HOST = "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?";
    private static final Pattern URL =
            Pattern.compile("(?<scheme>rediss?)(?<cluster>\\+cluster)?://(?:(?<user>[^@/]*)@)?(?<hosts>" + HOST + "(?:,"
                    + HOST + ")*)/?(?<database>[0-9]{1,5})?");

    /** @throws IllegalArgumentException saying what was expected, without the password */
    static RedisAddress of(String url) {
        Matcher parts = URL.matcher(url);
        boolean several = url.substring(url.lastIndexOf('@') + 1).contains(",");
        if (!parts.matches() || several && parts.group("cluster") == null) {
            throw new IllegalArgumentException("redis url " + withoutUser(url) + " (expected: redis://host:port,"
                    + " rediss://host:port, or redis+cluster://host:port,host:port)");
        }
        String scheme = parts.group("scheme");
        List<String> servers = Arrays.stream(parts.group("hosts").split(","))
                .map(host -> scheme + "://" + (hasPort(host) ? host : host + ":" + DEFAULT_PORT))
                .toList();
        String database = parts.group("database");
        boolean cluster = parts.group("cluster") != null;
        if (cluster && database != null && Integer.parseInt(database) > 0) {
            throw new IllegalArgumentException(
                    "redis url " + withoutUser(url) + ": database " + database + " (expected: none in a cluster)");
        }
        String userInfo = parts.group("user");
        int colon = userInfo == null ? -1 : userInfo.indexOf(':');
        String user = userInfo == null ? "" : colon < 0 ? userInfo : userInfo.substring(0, colon);
        String password = userInfo == null || colon < 0 ? "" : userInfo.substring(colon + 1);
        return new RedisAddress(
                servers, decoded(user), decoded(password), database == null ? 0 : Integer.parseInt(database), cluster);
    }

    RedisAddress {
        servers = List.copyOf(servers);
    }

    @Override
    public String toString() {
        return String.join(", ", servers);
    }

    private static boolean hasPort(String host) {
        return host.lastIndexOf(':') > host.lastIndexOf(']');
    }

    private static String withoutUser(String url) {
        int at = url.lastIndexOf('@');
        int slashes = url.indexOf("://");
        return at < 0 || slashes < 0
                ? (at < 0 ? url : url.substring(at + 1))
                : url.substring(0, slashes + 3) + url.substring(at + 1);
    }

    private static @Nullable String decoded(String text) {
        // A plus stands for itself in user and password; URLDecoder would read it as a space.
        return text.isEmpty() ? null : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
