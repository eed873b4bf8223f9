package io.rateguard.standalone;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code up} was asked for; a port of 0 means any free one.
 *
 * @param managementPortBase the first of the services' management ports
 * @param upstreamAllow private addresses that upstreams may have, beside loopback
 */
record UpOptions(
        int proxyPort,
        int consolePort,
        int managementPortBase,
        Path dataDir,
        @Nullable Path readyFile,
        boolean demo,
        List<String> upstreamAllow) {

    UpOptions {
        upstreamAllow = List.copyOf(upstreamAllow);
    }
}
