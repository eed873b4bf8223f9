package io.rateguard.counters;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNode;
import org.redisson.api.redisnode.RedisNode.InfoSection;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.client.RedisException;
import org.redisson.client.RedisTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a server can be trusted with counters: Redis 7 or newer, which never evicts a key to make room. */
final class ServerCheck {

    private static final Logger LOG = LoggerFactory.getLogger(ServerCheck.class);
    private static final int OLDEST_MAJOR_VERSION = 7;

    private ServerCheck() {}

    static void check(RedissonClient client, RedisAddress address) {
        Collection<? extends RedisNode> servers = address.cluster()
                ? client.getRedisNodes(RedisNodes.CLUSTER).getMasters()
                : List.of(client.getRedisNodes(RedisNodes.SINGLE).getInstance());
        for (RedisNode server : servers) {
            requireVersion(version(server), address);
            if (warnOfEviction(policy(server), address)) {
                return;
            }
        }
    }

    static void requireVersion(String version, RedisAddress address) {
        String major = version.split("\\.", 2)[0];
        if (!major.isEmpty() && Integer.parseInt(major) < OLDEST_MAJOR_VERSION) {
            throw new IllegalStateException("Redis at " + address + " is version " + version + " (expected: "
                    + OLDEST_MAJOR_VERSION + " or newer)");
        }
    }

    static boolean warnOfEviction(String policy, RedisAddress address) {
        boolean evicts = !policy.isEmpty() && !policy.equals("noeviction");
        if (evicts) {
            LOG.warn(
                    "Redis at {} has maxmemory-policy {} (expected: noeviction): it may forget limits and budgets",
                    address,
                    policy);
        }
        return evicts;
    }

    private static String version(RedisNode server) {
        return allowed(() -> server.info(InfoSection.SERVER)).getOrDefault("redis_version", "");
    }

    private static String policy(RedisNode server) {
        return allowed(() -> server.getConfig("maxmemory-policy")).getOrDefault("maxmemory-policy", "");
    }

    /** A managed server may forbid these questions; then it is taken as it is. */
    private static Map<String, String> allowed(Supplier<Map<String, String>> question) {
        try {
            return question.get();
        } catch (RedisTimeoutException noAnswer) {
            throw noAnswer;
        } catch (RedisException forbidden) {
            LOG.debug("not told by the server", forbidden);
            return Map.of();
        }
    }
}
