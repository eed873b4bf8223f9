package io.rateguard.proxy.policy;

import io.rateguard.domain.api.AuthType;
import io.rateguard.domain.api.Profile;
import io.rateguard.domain.api.UnknownPaths;
import io.rateguard.domain.id.ApiId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An upstream API as the proxy knows it, its credentials opened.
 *
 * @param authName the header or query parameter that takes the credential, where the type needs a name
 * @param drainsWhenClientLeaves whether a call whose caller left is read to its end, so that its usage is billed
 */
public record KnownApi(
        ApiId id,
        String slug,
        Profile profile,
        URI baseUrl,
        AuthType authType,
        @Nullable String authName,
        List<Credential> credentials,
        UnknownPaths unknownPaths,
        boolean drainsWhenClientLeaves,
        boolean enabled,
        Duration connectTimeout,
        Duration firstByteTimeout,
        Duration totalTimeout) {

    public KnownApi {
        credentials = List.copyOf(credentials);
    }

    /** One upstream credential; its text form never prints the secret. */
    public record Credential(String name, String secret, int weight) {
        @Override
        public String toString() {
            return "Credential[" + name + "]";
        }
    }
}
