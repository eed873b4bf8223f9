package io.rateguard.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.api.AuthType;
import io.rateguard.domain.api.Profile;
import io.rateguard.domain.api.UnknownPaths;
import io.rateguard.domain.id.ApiId;
import io.rateguard.proxy.policy.KnownApi;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UpstreamUriTest {

    private static final KnownApi.Credential CREDENTIAL = new KnownApi.Credential("main", "s3cr&t=1", 1);

    @Test
    void theVersionSegmentStandsOnceWhereverItWasNamed() {
        for (String base : List.of("https://x", "https://x/", "https://x/v1", "https://x/v1/")) {
            KnownApi api = api(Profile.OPENAI, base, AuthType.BEARER, null);

            assertThat(UpstreamUri.path(api, "/chat/completions")).isEqualTo("/v1/chat/completions");
            assertThat(UpstreamUri.path(api, "/v1/chat/completions")).isEqualTo("/v1/chat/completions");
        }
    }

    @Test
    void aPathThatOnlyBeginsLikeAVersionIsNotOne() {
        KnownApi api = api(Profile.OPENAI, "https://x", AuthType.BEARER, null);

        assertThat(UpstreamUri.path(api, "/v1beta/x")).isEqualTo("/v1/v1beta/x");
        assertThat(UpstreamUri.path(api, "/v1")).isEqualTo("/v1");
    }

    @Test
    void aPrefixOfTheBaseBelongsToTheAddressNotToTheRoute() {
        KnownApi plain = api(Profile.GENERIC, "https://x/a/b/", AuthType.NONE, null);
        KnownApi versioned = api(Profile.ANTHROPIC, "https://x/gateway/v1", AuthType.HEADER, null);

        assertThat(UpstreamUri.path(plain, "/c")).isEqualTo("/a/b/c");
        assertThat(UpstreamUri.routedPath(plain, "/a/b/c")).isEqualTo("/c");
        assertThat(UpstreamUri.path(versioned, "/messages")).isEqualTo("/gateway/v1/messages");
        assertThat(UpstreamUri.routedPath(versioned, "/gateway/v1/messages")).isEqualTo("/v1/messages");
    }

    @Test
    void onlyOurKeyLeavesTheQuery() {
        KnownApi api = api(Profile.GENERIC, "https://x", AuthType.NONE, null);

        assertThat(UpstreamUri.query(api, "a=1&key=rg_live_x&b=%20&c", null)).isEqualTo("a=1&b=%20&c");
        assertThat(UpstreamUri.query(api, "key=mine", null)).isEqualTo("key=mine");
        assertThat(UpstreamUri.query(api, "k%65y=%72g_live_x&monkey=rg_live_x", null))
                .isEqualTo("monkey=rg_live_x");
        assertThat(UpstreamUri.query(api, "", null)).isEmpty();
    }

    @Test
    void theUpstreamsCredentialIsAParameterNobodyElseSets() {
        KnownApi byDefault = api(Profile.GENERIC, "https://x", AuthType.QUERY, null);
        KnownApi named = api(Profile.GENERIC, "https://x", AuthType.QUERY, "api_token");

        assertThat(UpstreamUri.query(byDefault, "a=1&key=theirs&k%65y=too", CREDENTIAL))
                .isEqualTo("a=1&key=s3cr%26t%3D1");
        assertThat(UpstreamUri.query(named, "api_token=theirs", CREDENTIAL)).isEqualTo("api_token=s3cr%26t%3D1");
        assertThat(UpstreamUri.query(named, "key=theirs", null)).isEqualTo("key=theirs");
    }

    @Test
    void credentialsNeverPrint() {
        KnownApi api = new KnownApi(
                new ApiId(new UUID(0, 1)),
                "x",
                Profile.GENERIC,
                URI.create("https://x"),
                AuthType.BEARER,
                null,
                List.of(CREDENTIAL),
                UnknownPaths.FLAT,
                true,
                true,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO);

        assertThat(api.toString()).doesNotContain("s3cr");
    }

    static KnownApi api(Profile profile, String base, AuthType authType, String authName) {
        return new KnownApi(
                new ApiId(new UUID(0, 1)),
                "x",
                profile,
                URI.create(base),
                authType,
                authName,
                List.of(),
                UnknownPaths.FLAT,
                true,
                true,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }
}
