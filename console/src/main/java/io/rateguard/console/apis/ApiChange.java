package io.rateguard.console.apis;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to be different about an API; what is absent stays, its secrets too. Its slug and its profile never change:
 * callers, keys, limits and budgets go by them.
 *
 * @param credentials or {@code auth.secret}, in place of all that there were
 */
public record ApiChange(
        @Nullable String name,
        @Nullable String baseUrl,
        NewApi.@Nullable Auth auth,
        @Nullable List<NewApi.Credential> credentials,
        @Nullable Boolean enabled,
        @Nullable String unknownPaths,
        @Nullable String clientGone,
        NewApi.@Nullable Timeouts timeouts) {

    /** The whole API as it is to be, with new secrets alone. */
    NewApi of(ApiEntity present) {
        return new NewApi(
                present.slug,
                name == null ? present.name : name,
                present.profile,
                baseUrl == null ? present.baseUrl : baseUrl,
                auth(present),
                credentials,
                enabled == null ? present.enabled : enabled,
                unknownPaths == null ? present.unknownPaths : unknownPaths,
                clientGone == null ? present.clientGone : clientGone,
                timeouts(present),
                null,
                null,
                null);
    }

    private NewApi.Auth auth(ApiEntity present) {
        if (auth == null) {
            return new NewApi.Auth(present.authType, present.authName, null);
        }
        boolean sameType = auth.type() == null || auth.type().equals(present.authType);
        return new NewApi.Auth(
                auth.type() == null ? present.authType : auth.type(),
                auth.name() == null && sameType ? present.authName : auth.name(),
                auth.secret());
    }

    private NewApi.Timeouts timeouts(ApiEntity present) {
        NewApi.Timeouts wanted = timeouts == null ? ApiDrafts.NO_TIMEOUTS : timeouts;
        return new NewApi.Timeouts(
                Objects.requireNonNullElse(wanted.connect(), present.connectTimeoutMillis),
                Objects.requireNonNullElse(wanted.firstByte(), present.firstByteTimeoutMillis),
                Objects.requireNonNullElse(wanted.total(), present.totalTimeoutMillis));
    }
}
