package io.rateguard.proxy.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the policy comes from and how stale it may be.
 *
 * @param url JDBC URL of PostgreSQL
 * @param listenUrl JDBC URL of the primary, not through a transaction pooler; the same unless set
 * @param user the proxy's role, which only reads
 * @param secretKey opens upstream credentials: 32 bytes in base 64
 * @param maxStale how long what is known may be served while PostgreSQL is away
 * @param cachedKeys how many keys are kept in memory
 */
public record PolicySettings(
        String url,
        @Nullable String listenUrl,
        String user,
        String password,
        String secretKey,
        Duration maxStale,
        int cachedKeys) {

    @Override
    public String toString() {
        int query = url.indexOf('?');
        String address = query < 0 ? url : url.substring(0, query);
        return "PolicySettings[url=" + address + ", user=" + user + ", maxStale=" + maxStale + "]";
    }
}
