package io.rateguard.console.apis;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a test of an API's connection showed.
 *
 * @param message for people; names neither the secret nor an internal address
 * @param request what was sent: {@code GET /v1/models}
 * @param status of the provider; null where it did not answer
 * @param latency until the provider's answer; null where there was none
 * @param excerpt a few words of what the provider said against it; null for none
 * @param requestId under which the console explains the request; null where the proxy was not reached
 */
public record Connection(
        Verdict verdict,
        String message,
        String request,
        @Nullable Integer status,
        @Nullable Duration latency,
        @Nullable String excerpt,
        @Nullable String requestId) {

    /** What it comes to. */
    public enum Verdict {
        /** The provider answered as it should. */
        CONNECTED,
        /** The provider answered that it does not know who asks. */
        SECRET_REFUSED,
        /** The provider answered something that tells neither. */
        ANSWERED,
        /** The provider has too much to do, or trouble. */
        TROUBLED,
        /** The provider did not answer. */
        UNREACHABLE,
        /** RateGuard did not let the request through. */
        REFUSED,
        /** The proxy did not answer. */
        PROXY_AWAY;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
