package io.rateguard.console.apis;

import io.rateguard.console.rest.NotYet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An API as a client describes it; what is absent gets its default. */
public record NewApi(
        @Nullable String slug,
        @Nullable String name,
        @Nullable String profile,
        @Nullable String baseUrl,
        @Nullable Auth auth,
        @Nullable List<Credential> credentials,
        @Nullable Boolean enabled,
        @Nullable String unknownPaths,
        @Nullable String clientGone,
        @Nullable Timeouts timeouts,
        @Nullable JsonNode headers,
        @Nullable JsonNode retry,
        @Nullable JsonNode fallback) {

    /** As the API is, but for its secrets, which stay as long as no others are given. */
    static NewApi of(ApiEntity api) {
        return new NewApi(
                api.slug,
                api.name,
                api.profile,
                api.baseUrl,
                new Auth(api.authType, api.authName, null),
                null,
                api.enabled,
                api.unknownPaths,
                api.clientGone,
                new Timeouts(api.connectTimeoutMillis, api.firstByteTimeoutMillis, api.totalTimeoutMillis),
                null,
                null,
                null);
    }

    /** This API as a person describes it, the rest as it is. */
    public NewApi described(@Nullable String called, @Nullable String reachedAt, Auth taking) {
        return new NewApi(
                slug,
                called,
                profile,
                reachedAt,
                taking,
                credentials,
                enabled,
                unknownPaths,
                clientGone,
                timeouts,
                headers,
                retry,
                fallback);
    }

    public NewApi enabled(boolean on) {
        return new NewApi(
                slug,
                name,
                profile,
                baseUrl,
                auth,
                credentials,
                on,
                unknownPaths,
                clientGone,
                timeouts,
                headers,
                retry,
                fallback);
    }

    void refuseWhatIsNotSupported() {
        NotYet.refuse("headers", headers);
        NotYet.refuse("retry", retry);
        NotYet.refuse("fallback", fallback);
    }

    /**
     * How the upstream takes its credential.
     *
     * @param secret short for one credential named {@code main}
     */
    public record Auth(
            @Nullable String type,
            @Nullable String name,
            @Nullable String secret) {

        @Override
        public String toString() {
            return "Auth[type=" + type + ", name=" + name + "]";
        }
    }

    /** One of several credentials; of two, one is used as often as its weight says. */
    public record Credential(
            @Nullable String name,
            @Nullable String secret,
            @Nullable Integer weight) {

        @Override
        public String toString() {
            return "Credential[name=" + name + ", weight=" + weight + "]";
        }
    }

    /** In milliseconds. */
    public record Timeouts(
            @Nullable Integer connect,
            @Nullable Integer firstByte,
            @Nullable Integer total) {}
}
