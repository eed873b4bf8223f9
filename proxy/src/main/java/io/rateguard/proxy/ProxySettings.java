package io.rateguard.proxy;

import io.rateguard.counters.CountersSettings;
import io.rateguard.domain.net.AddressRange;
import io.rateguard.proxy.forward.ForwardSettings;
import io.rateguard.proxy.journal.JournalSettings;
import io.rateguard.proxy.policy.PolicySettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Everything the proxy has to be told.
 *
 * @param port 0 for any free one
 * @param managementPort where health and metrics are; 0 for any free one
 * @param eventLoops how many threads carry requests
 * @param bodyCapBytes the largest body of a metered request
 * @param bodiesBytes how many bytes of such bodies may be arriving at once
 * @param unknownKeysPerMinute how many unknown keys one source address may have looked up
 * @param slowAfter how long the head of a request may take, and in how long its body must come on by some bytes
 * @param drainTimeout how long a stop waits for open requests
 * @param proxies how many of them there are, while they cannot be counted
 * @param trustedProxies whose forwarded addresses count
 * @param upstreamAllow private addresses that upstreams may have
 * @param upstreamDeny addresses that no upstream may have, such as RateGuard's own ports
 * @param kafka producer properties, bootstrap servers among them
 */
public record ProxySettings(
        String host,
        int port,
        String managementHost,
        int managementPort,
        int eventLoops,
        int bodyCapBytes,
        long bodiesBytes,
        int unknownKeysPerMinute,
        Duration slowAfter,
        Duration drainTimeout,
        int proxies,
        List<AddressRange> trustedProxies,
        List<AddressRange> upstreamAllow,
        List<AddressRange> upstreamDeny,
        PolicySettings policy,
        CountersSettings counters,
        JournalSettings journal,
        ForwardSettings forward,
        Map<String, Object> kafka,
        String eventsTopic,
        int eventsPartitions) {

    /** Without what the producer's properties may hold of passwords. */
    @Override
    public String toString() {
        return "ProxySettings[" + host + ":" + port + ", management=" + managementHost + ":" + managementPort
                + ", eventLoops=" + eventLoops + ", " + policy + ", " + counters + ", " + journal + ", " + forward
                + ", events=" + eventsTopic + "]";
    }
}
