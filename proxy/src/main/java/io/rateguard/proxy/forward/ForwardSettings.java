package io.rateguard.proxy.forward;

import java.time.Duration;

/**
 * How the proxy talks to upstreams.
 *
 * @param connectionsPerUpstream open at once to one address, over all event loops
 * @param connectionWait how long a call waits for a connection when all are busy
 * @param connectionIdle how long an idle connection is kept; shorter than upstreams keep theirs
 * @param heldReplyBytes metered replies up to this size are held whole, so that their cost can be a header
 * @param drain how long the reply to a caller who left is read on, so that its use is billed
 * @param drainsAtOnce how many such replies at once; further ones are broken off
 */
public record ForwardSettings(
        int connectionsPerUpstream,
        Duration connectionWait,
        Duration connectionIdle,
        int heldReplyBytes,
        Duration drain,
        int drainsAtOnce) {

    public static final ForwardSettings DEFAULT = new ForwardSettings(
            500, Duration.ofSeconds(5), Duration.ofSeconds(30), 1 << 20, Duration.ofSeconds(60), 1_000);
}
