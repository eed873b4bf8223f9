package io.rateguard.proxy.forward;

import io.rateguard.domain.api.AuthType;
import io.rateguard.domain.api.Profile;
import io.rateguard.proxy.auth.Query;
import io.rateguard.proxy.policy.KnownApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where a call goes: the API's base URL, the version segment its profile wants, the caller's path and query. */
public final class UpstreamUri {

    private UpstreamUri() {}

    /** The whole path at the upstream: with the version segment, where neither base URL nor path has it. */
    public static String path(KnownApi api, String path) {
        String base = basePath(api);
        String version = versionSegment(api.profile());
        if (version == null) {
            return base + path;
        }
        boolean inPath = path.equals(version) || path.startsWith(version + "/");
        boolean inBase = base.endsWith(version);
        if (inPath && inBase) {
            return base + path.substring(version.length());
        }
        return inPath || inBase ? base + path : base + version + path;
    }

    /** The path as profiles know it: what stands before the version segment belongs to the address. */
    public static String routedPath(KnownApi api, String upstreamPath) {
        String base = basePath(api);
        String version = versionSegment(api.profile());
        String prefix =
                version != null && base.endsWith(version) ? base.substring(0, base.length() - version.length()) : base;
        return upstreamPath.substring(prefix.length());
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
        return api.authType() == AuthType.QUERY ? "key" : "x-api-key";
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

    private static String basePath(KnownApi api) {
        String path = api.baseUrl().getRawPath();
        if (path == null || path.isEmpty() || path.equals("/")) {
            return "";
        }
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static @Nullable String versionSegment(Profile profile) {
        return switch (profile) {
            case OPENAI, ANTHROPIC -> "/v1";
            case DEMO, GENERIC -> null;
        };
    }
}
