package io.rateguard.console;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the console is told by its environment.
 *
 * @param publicProxyUrl where applications reach the proxy; shown, never called
 * @param proxyUrl where the console reaches it
 * @param managementPortFile where the chosen management port is written; blank: nowhere
 * @param secretKey seals upstream credentials (32 bytes in base 64); blank: none can be saved
 * @param signUp whether whoever reaches the console may open an account
 * @param redisUrl the live counters
 * @param clickHouse the request history
 * @param eventsTopic of the events that the history is made of
 * @param upstreamAllow private addresses that upstreams may have, comma-separated
 * @param upstreamDeny addresses that no upstream may have, comma-separated
 */
@ConfigurationProperties("rateguard.console")
public record ConsoleSettings(
        String publicProxyUrl,
        String proxyUrl,
        String managementPortFile,
        String secretKey,
        SignUp signUp,
        String redisUrl,
        ClickHouse clickHouse,
        String eventsTopic,
        String upstreamAllow,
        String upstreamDeny) {

    /** Who may open an account without an invitation. */
    public enum SignUp {
        /** Everyone who reads the letters of an address. */
        OPEN,
        /** Nobody. */
        CLOSED
    }

    /** Where the request history is and who reads it. */
    public record ClickHouse(String url, String user, String password, String database) {

        @Override
        public String toString() {
            return url + " as " + user;
        }
    }

    @Override
    public String toString() {
        return "ConsoleSettings[publicProxyUrl=" + publicProxyUrl + ", upstreamAllow=" + upstreamAllow + "]";
    }
}
