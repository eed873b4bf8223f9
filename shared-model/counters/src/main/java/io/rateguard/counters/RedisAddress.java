package io.rateguard.counters;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A Redis URL in its parts: {@code redis[s]://[user:password@]host[:port][/database]}. */
record RedisAddress(
        String server, @Nullable String user, @Nullable String password, int database) {

    private static final int DEFAULT_PORT = 6379;

    static RedisAddress of(String url) {
        URI uri = URI.create(url);
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        String server = uri.getScheme() + "://" + uri.getHost() + ":" + port;
        String path = uri.getPath() == null ? "" : uri.getPath().replace("/", "");
        int database = path.isEmpty() ? 0 : Integer.parseInt(path);
        String userInfo = uri.getRawUserInfo();
        if (userInfo == null) {
            return new RedisAddress(server, null, null, database);
        }
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String password = colon < 0 ? "" : userInfo.substring(colon + 1);
        return new RedisAddress(server, decoded(user), decoded(password), database);
    }

    @Override
    public String toString() {
        return server;
    }

    private static @Nullable String decoded(String text) {
        // A plus stands for itself in user and password; URLDecoder would read it as a space.
        return text.isEmpty() ? null : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
