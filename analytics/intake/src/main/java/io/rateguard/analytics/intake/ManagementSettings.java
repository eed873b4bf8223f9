package io.rateguard.analytics.intake;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where health and metrics are served.
 *
 * @param host the address to listen on; loopback unless probes come from elsewhere
 * @param port 0 for a free one
 * @param portFile where to write the port; empty for nowhere
 */
@ConfigurationProperties("rateguard.management")
record ManagementSettings(
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("3103") int port,
        @DefaultValue("") String portFile) {

    ManagementSettings {
        Expect.that("rateguard.management.port", port, port >= 0 && port <= 65_535, "0 to 65535");
    }
}
