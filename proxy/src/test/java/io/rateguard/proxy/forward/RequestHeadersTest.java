package io.rateguard.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.rateguard.domain.api.AuthType;
import io.rateguard.domain.api.Profile;
import io.rateguard.proxy.policy.KnownApi;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestHeadersTest {

    private final HttpHeaders from = new DefaultHttpHeaders();
    private final HttpHeaders to = new DefaultHttpHeaders();

    @Test
    void whatConcernsOneConnectionStays() {
        from.add("Connection", "close, X-Private").add("Connection", "X-Other");
        List.of(
                        "X-Private",
                        "X-Other",
                        "Keep-Alive",
                        "TE",
                        "Trailer",
                        "Upgrade",
                        "Proxy-Authorization",
                        "HTTP2-Settings")
                .forEach(name -> from.add(name, "1"));
        from.add("X-Kept", "a").add("X-Kept", "b");

        RequestHeaders.copy(from, to, false);

        assertThat(to.names()).containsExactly("X-Kept");
        assertThat(to.getAll("X-Kept")).containsExactly("a", "b");
    }

    @Test
    void keysAndOurOwnHeadersStay() {
        List.of("Authorization", "x-api-key", "API-KEY", "X-Goog-Api-Key", "X-RateGuard-Customer", "Expect", "Host")
                .forEach(name -> from.add(name, "1"));

        RequestHeaders.copy(from, to, false);

        assertThat(to.isEmpty()).isTrue();
    }

    @Test
    void whereTheCallerStandsInItsNetworkIsNotTold() {
        List.of("Forwarded", "Via", "X-Real-IP", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Anything")
                .forEach(name -> from.add(name, "10.1.2.3"));

        RequestHeaders.copy(from, to, false);

        assertThat(to.isEmpty()).isTrue();
    }

    @Test
    void meteredRepliesAreAskedForUncompressed() {
        from.add("Accept-Encoding", "gzip, br");

        RequestHeaders.copy(from, to, true);

        assertThat(to.getAll("accept-encoding")).containsExactly("identity");
    }

    @Test
    void meteredRepliesAreNotCutToAFieldMask() {
        from.add("X-Goog-FieldMask", "candidates");

        RequestHeaders.copy(from, to, true);

        assertThat(to.contains("x-goog-fieldmask")).isFalse();

        RequestHeaders.copy(from, to, false);

        assertThat(to.contains("x-goog-fieldmask")).isTrue();
    }

    @Test
    void meteredRepliesAreAskedForWhole() {
        List.of("Range", "If-Range", "If-None-Match", "If-Modified-Since").forEach(name -> from.add(name, "1"));

        RequestHeaders.copy(from, to, true);

        assertThat(to.names()).containsExactly("accept-encoding");
    }

    @Test
    void noHeaderMakesAnotherMethodOfIt() {
        List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override").forEach(name -> from.add(name, "POST"));

        RequestHeaders.copy(from, to, false);

        assertThat(to.isEmpty()).isTrue();
    }

    @Test
    void theCredentialGoesWhereTheUpstreamWantsIt() {
        assertThat(authenticated(AuthType.BEARER, null, "s").get("authorization"))
                .isEqualTo("Bearer s");
        assertThat(authenticated(AuthType.HEADER, null, "s").get("x-api-key")).isEqualTo("s");
        assertThat(authenticated(AuthType.HEADER, "X-Own", "s").get("x-own")).isEqualTo("s");
        assertThat(authenticated(AuthType.BASIC, null, "s").get("authorization"))
                .isEqualTo("Basic czo=");
        assertThat(authenticated(AuthType.BASIC, null, "u:p").get("authorization"))
                .isEqualTo("Basic dTpw");
        assertThat(authenticated(AuthType.QUERY, null, "s").isEmpty()).isTrue();
    }

    private static HttpHeaders authenticated(AuthType type, String name, String secret) {
        HttpHeaders headers = new DefaultHttpHeaders();
        KnownApi api = UpstreamUriTest.api(Profile.GENERIC, "https://x", type, name);
        RequestHeaders.authenticate(headers, api, new KnownApi.Credential("main", secret, 1));
        return headers;
    }
}
