package io.rateguard.proxy.forward;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.rateguard.proxy.auth.PresentedKey;
import io.rateguard.proxy.dialect.Address;
import io.rateguard.proxy.policy.KnownApi;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What goes upstream of the caller's headers: not its key, not ours, nothing that concerns one connection only. */
final class RequestHeaders {

    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");
    private static final Set<String> OURS_TO_SET = Set.of("host", "content-length", "expect");

    /** By which some upstreams take a request for another one than was looked at. */
    private static final Set<String> METHODS = Set.of("x-http-method-override", "x-http-method", "x-method-override");

    /** By which a reply is left out, or some of it: what is metered is read whole. */
    private static final List<AsciiString> PARTIAL = List.of(
            HttpHeaderNames.RANGE,
            HttpHeaderNames.IF_RANGE,
            HttpHeaderNames.IF_NONE_MATCH,
            HttpHeaderNames.IF_MODIFIED_SINCE);

    /** What says where the caller stands in the network it comes from: no business of a provider. */
    private static final Set<String> WAY =
            Set.of("forwarded", "via", "x-real-ip", "true-client-ip", "cf-connecting-ip");

    private static final String WAY_PREFIX = "x-forwarded-";
    private static final String OURS = "x-rateguard-";

    private RequestHeaders() {}

    static void copy(HttpHeaders from, HttpHeaders to, boolean metered) {
        Set<String> named = Set.copyOf(Connections.namedIn(from));
        for (Map.Entry<String, String> header : from) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(name)
                    && !OURS_TO_SET.contains(name)
                    && !METHODS.contains(name)
                    && !WAY.contains(name)
                    && !name.startsWith(WAY_PREFIX)
                    && !PresentedKey.HEADERS.contains(name)
                    && !name.startsWith(OURS)
                    && !named.contains(name)) {
                to.add(header.getKey(), header.getValue());
            }
        }
        if (metered) {
            to.remove(Address.FIELD_MASK);
            PARTIAL.forEach(to::remove);
            to.set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY);
        }
    }

    static void authenticate(HttpHeaders headers, KnownApi api, KnownApi.@Nullable Credential credential) {
        if (credential == null) {
            return;
        }
        switch (api.authType()) {
            case BEARER -> headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + credential.secret());
            case HEADER -> headers.set(UpstreamUri.authName(api), credential.secret());
            case BASIC -> headers.set(HttpHeaderNames.AUTHORIZATION, "Basic " + basic(credential.secret()));
            case QUERY, NONE -> {}
        }
    }

    static boolean isHopByHop(String lowerCaseName) {
        return HOP_BY_HOP.contains(lowerCaseName);
    }

    private static String basic(String secret) {
        String pair = secret.contains(":") ? secret : secret + ":";
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
