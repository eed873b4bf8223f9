package io.rateguard.proxy.forward;

import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/**
 * Why there was no reply, as the caller is told. The address itself is not told: it may be internal.
 *
 * @param what completes "The upstream … "
 */
record Failure(int status, String code, String what) {

    static Failure of(Throwable failure, boolean written) {
        return switch (failure) {
            case ForbiddenAddress forbidden ->
                new Failure(502, "upstream_forbidden", "has an address that RateGuard must not connect to");
            case UnknownHostException unknown ->
                new Failure(502, "upstream_unreachable", "has a name that is not known");
            case ConnectTimeoutException slow ->
                new Failure(504, "upstream_connect_timeout", "could not be reached in time");
            case SSLException untrusted
            when !written ->
                new Failure(
                        502, "upstream_tls_failed", "speaks no TLS there, or shows a certificate that is not trusted");
            case ConnectException refused -> new Failure(502, "upstream_unreachable", "refuses connections");
            case PoolAcquireTimeoutException busy -> busy();
            case PoolAcquirePendingLimitException busy -> busy();
            default ->
                written
                        ? new Failure(502, "upstream_cut", "closed the connection without an answer")
                        : new Failure(502, "upstream_unreachable", "could not be reached");
        };
    }

    private static Failure busy() {
        return new Failure(503, "upstream_busy", "has no free connection");
    }
}
