package io.rateguard.proxy.forward;

import io.rateguard.domain.api.AuthType;
import io.rateguard.domain.api.BasePath;
import io.rateguard.proxy.auth.Query;
import io.rateguard.proxy.policy.KnownApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a call goes: the API's base URL, the root its profile wants, the caller's path and query. */
public final class UpstreamUri {

    private UpstreamUri() {}

    /** The whole path at the upstream. */
    public static String path(KnownApi api, String path) {
        return BasePath.of(api.profile(), api.baseUrl()).upstream(path);
    }

    /** The path as profiles know it. */
    public static String routedPath(KnownApi api, String upstreamPath) {
        return BasePath.of(api.profile(), api.baseUrl()).routed(upstreamPath);
    }

    /** The caller's query without RateGuard's key, and with the upstream's credential where that is a parameter. */
    static String query(KnownApi api, String query, KnownApi.@Nullable Credential credential) {
        StringBuilder kept = new StringBuilder();
        for (String parameter : Query.parameters(query)) {
            if (!Query.isKey(parameter) && !isCredential(api, parameter)) {
                append(kept, parameter);
            }
        }
        if (api.authType() == AuthType.QUERY && credential != null) {
            append(kept, authName(api) + "=" + URLEncoder.encode(credential.secret(), StandardCharsets.UTF_8));
        }
        return kept.toString();
    }

    static String authName(KnownApi api) {
        if (api.authName() != null) {
            return api.authName();
        }
        return api.authType() == AuthType.QUERY
                ? "key"
                : Objects.requireNonNullElse(api.profile().defaultAuthName(), "x-api-key");
    }

    /** The place of the upstream's credential is RateGuard's alone. */
    private static boolean isCredential(KnownApi api, String parameter) {
        return api.authType() == AuthType.QUERY && Query.name(parameter).equals(authName(api));
    }

    private static void append(StringBuilder query, String parameter) {
        if (!query.isEmpty()) {
            query.append('&');
        }
        query.append(parameter);
    }
}
