package io.rateguard.proxy.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.api.Profile;
import io.rateguard.domain.api.UnknownPaths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {

    @ParameterizedTest
    @CsvSource({
        "OPENAI,    POST, /v1/chat/completions,        Metered openai-chat /v1/chat/completions",
        "OPENAI,    GET,  /v1/models,                  Free openai-chat /v1/models",
        "OPENAI,    GET,  /v1/models/ft%3Agpt-4o%2Fx,  Free openai-chat /v1/models/{id}",
        "OPENAI,    POST, /v1/moderations,             Free openai-chat /v1/moderations",
        "OPENAI,    GET,  /v1/chat/completions,        Refused openai-chat /v1/chat/completions",
        "OPENAI,    POST, /v1/batches,                 Refused openai-chat /v1/batches",
        "OPENAI,    POST, /v1/messages,                Refused openai-chat /v1/messages",
        "ANTHROPIC, POST, /v1/messages,                Metered anthropic-messages /v1/messages",
        "ANTHROPIC, POST, /v1/messages/count_tokens,   Free anthropic-messages /v1/messages/count_tokens",
        "ANTHROPIC, GET,  /v1/messages/batches/msgbatch_01,  Refused anthropic-messages /v1/messages/batches/{id}",
        "DEMO,      POST, /v1/chat/completions,        Metered openai-chat /v1/chat/completions",
        "DEMO,      POST, /v1/messages,                Metered anthropic-messages /v1/messages",
        "DEMO,      GET,  /rest/customers/cus_123,     Flat plain /rest/customers/{id}",
        "DEMO,      PUT,  /rest,                       Flat plain /rest",
        "DEMO,      GET,  /other,                      Refused plain /other",
        "GENERIC,   GET,  /v1/charges,                 Refused plain /v1/charges",
    })
    void knowsThePathsOfAProfile(Profile profile, String method, String path, String expected) {
        assertThat(shown(Routes.find(profile, UnknownPaths.BLOCK, method, path)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/chat/completions/",
                "//v1//chat/completions",
                "/v1/%63hat/completions",
                "/V1/Chat/completions",
                "/v1/chat%2fcompletions",
                "/v1/chat/completions;x=1",
                "/v1\\chat\\completions"
            })
    void metersEverySpellingOfAMeteredPath(String path) {
        assertThat(Routes.find(Profile.OPENAI, UnknownPaths.FLAT, "POST", path)).isInstanceOf(Route.Metered.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/rest/../v1/chat/completions", "/rest/%2e%2E/v1/messages", "/v1/./models", "/a%zz", "/a%4"})
    void refusesPathsThatAnUpstreamMayReadAsOthers(String path) {
        Route route = Routes.find(Profile.DEMO, UnknownPaths.FLAT, "POST", path);

        assertThat(route).isInstanceOfSatisfying(Route.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo("invalid_path");
            assertThat(refused.message())
                    .isEqualTo("path: " + path + " (expected: valid percent-encoding and no . or .. segments)");
        });
    }

    @ParameterizedTest
    @EnumSource(UnknownPaths.class)
    void refusesRealtimeAndMintingWhateverTheSetting(UnknownPaths setting) {
        assertRefused(setting, Profile.OPENAI, "/v1/realtime", "realtime_not_supported");
        assertRefused(setting, Profile.OPENAI, "/v1/realtime/client_secrets", "realtime_not_supported");
        assertRefused(setting, Profile.OPENAI, "/v1/chatkit/sessions", "credential_minting_refused");
        assertRefused(setting, Profile.OPENAI, "/v1/organization/admin_api_keys", "credential_minting_refused");
        assertRefused(setting, Profile.ANTHROPIC, "/v1/organizations/api_keys", "credential_minting_refused");
        assertRefused(setting, Profile.DEMO, "/v1/realtime", "realtime_not_supported");
    }

    @Test
    void followsTheSettingOnPathsThatAreNotMetered() {
        assertThat(Routes.find(Profile.OPENAI, UnknownPaths.FLAT, "POST", "/v1/batches"))
                .isInstanceOf(Route.Flat.class);
        assertThat(Routes.find(Profile.OPENAI, UnknownPaths.UNPRICED, "GET", "/v1/files/file-abc123"))
                .isEqualTo(new Route.Unpriced(
                        Routes.find(Profile.OPENAI, UnknownPaths.FLAT, "GET", "/v1/models")
                                .dialect(),
                        "/v1/files/{id}"));
        assertThat(Routes.find(Profile.GENERIC, UnknownPaths.FLAT, "GET", "/anything"))
                .isInstanceOf(Route.Flat.class);
        assertThat(Routes.find(Profile.OPENAI, UnknownPaths.BLOCK, "POST", "/v1/new/thing"))
                .isInstanceOfSatisfying(
                        Route.Refused.class,
                        refused -> assertThat(refused.message())
                                .isEqualTo("POST /v1/new/thing: not a path of profile openai that is metered"
                                        + " (expected: a known path, or unknownPaths flat or unpriced)"));
    }

    @ParameterizedTest
    @CsvSource({
        "/rest/customers/42,                                   /rest/customers/{id}",
        "/rest/orders/3f2504e0-4f89-11d3-9a0c-0305e82c3301/x,  /rest/orders/{id}/x",
        "/rest/customers/cus_9,                                /rest/customers/{id}",
        "/rest/a1b2c3d4,                                       /rest/{id}",
        "/rest/fine_tuning/v1/oauth2,                          /rest/fine_tuning/v1/oauth2",
        "/,                                                    /",
        "/1/2/3/4/5/6/7/8/9/10/11/12/13/14,                    /{id}/{id}/{id}/{id}/{id}/{id}/{id}/{id}/{id}/{id}/{id}/{id}/**",
    })
    void foldsIds(String path, String endpoint) {
        assertThat(Routes.find(Profile.GENERIC, UnknownPaths.FLAT, "GET", path).endpoint())
                .isEqualTo(endpoint);
    }

    private static void assertRefused(UnknownPaths setting, Profile profile, String path, String code) {
        assertThat(Routes.find(profile, setting, "POST", path))
                .isInstanceOfSatisfying(
                        Route.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static String shown(Route route) {
        return route.getClass().getSimpleName() + " " + route.dialect().name() + " " + route.endpoint();
    }
}
