package io.rateguard.alerts.management;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where health and metrics are served.
 *
 * @param host the address to listen on; loopback unless probes come from elsewhere
 * @param port 0 for a free one
 * @param portFile where to write the port; empty for nowhere
 */
@ConfigurationProperties("rateguard.management")
public record ManagementSettings(String host, int port, String portFile) {

    public ManagementSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("RATEGUARD_MANAGEMENT_PORT: " + port + " (expected: 0 to 65535)");
        }
    }
}
