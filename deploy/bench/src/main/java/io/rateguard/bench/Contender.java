package io.rateguard.bench;

/**
 * What is measured: where requests go, and which process does the work between caller and upstream.
 *
 * @param pid of the proxy; of the upstream where there is none
 */
record Contender(String name, int port, String path, long pid) {

    static final String BARE = "bare proxy";
    static final String RATEGUARD = "RateGuard";

    /** Another build of RateGuard, for before and after. */
    static final String EARLIER = "earlier build";
}
