package io.rateguard.proxy.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.api.Profile;
import io.rateguard.domain.api.UnknownPaths;
import io.rateguard.domain.api.UpstreamPath;
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
        "OPENAI,    POST, /v1/completions,             Metered openai-completions /v1/completions",
        "OPENAI,    POST, /v1/embeddings,              Metered openai-embeddings /v1/embeddings",
        "OPENAI,    POST, /v1/responses,               Metered openai-responses /v1/responses",
        "OPENAI,    GET,  /v1/responses/resp_1,        Free openai-responses /v1/responses/{id}",
        "OPENAI,    GET,  /v1/responses/resp_1/input_items, Free openai-responses /v1/responses/{id}",
        "OPENAI,    GET,  /v1/responses/compact,       Refused openai-responses /v1/responses/compact",
        "OPENAI,    DELETE, /v1/responses/compact,     Refused openai-responses /v1/responses/compact",
        "GEMINI,    GET,  /v1beta/models/gemini-2.5-pro, Free gemini-generate /v1beta/models/{id}",
        "GEMINI,    GET,  /v1beta/models/x:generateContent, Refused gemini-generate /v1beta/models/x:generateContent",
        "GEMINI,    GET,  /v1beta/models/x:generateAnswer, Refused gemini-generate /v1beta/models/x:generateAnswer",
        "OPENAI,    POST, /v1/responses/resp_1/cancel, Free openai-responses /v1/responses/{id}/cancel",
        "OPENAI,    POST, /v1/images/generations,      Refused openai-chat /v1/images/generations",
        "OPENAI,    POST, /v1/audio/transcriptions,    Refused openai-chat /v1/audio/transcriptions",
        "AZURE_OPENAI, POST, /openai/deployments/d/chat/completions, Metered openai-chat /openai/deployments/{deployment}/chat/completions",
        "AZURE_OPENAI, POST, /openai/deployments/d/images/generations, Refused openai-chat /openai/deployments/d/images/generations",
        "AZURE_OPENAI, POST, /openai/v1/responses,     Metered openai-responses /openai/v1/responses",
        "AZURE_OPENAI, GET,  /openai/v1/realtime,      Refused openai-chat /openai/v1/realtime",
        "AZURE_OPENAI, POST, /anthropic/v1/messages,   Metered anthropic-messages /anthropic/v1/messages",
        "GEMINI,    POST, /v1beta/models/gemini-2.5-pro:generateContent, Metered gemini-generate /v1beta/models/{model}:generateContent",
        "GEMINI,    POST, /v1/models/x:streamGenerateContent, Metered gemini-stream /v1/models/{model}:streamGenerateContent",
        "GEMINI,    POST, /v1beta/models/x:countTokens, Free gemini-generate /v1beta/models/{model}:countTokens",
        "GEMINI,    POST, /v1beta/models/x:embedContent, Metered gemini-embed /v1beta/models/{model}:embedContent",
        "GEMINI,    POST, /v1beta/models/x:predict,    Refused gemini-generate /v1beta/models/{model}:predict",
        "GEMINI,    POST, /v1beta/openai/chat/completions, Metered openai-chat /v1beta/openai/chat/completions",
        "GEMINI,    POST, /v1alpha/auth_tokens,        Refused gemini-generate /v1alpha/auth_tokens",
        "GROQ,      POST, /v1/chat/completions,        Metered openai-chat /v1/chat/completions",
        "DEEPSEEK,  POST, /chat/completions,           Metered openai-chat /chat/completions",
        "DEEPSEEK,  POST, /v1/chat/completions,        Metered openai-chat /v1/chat/completions",
        "DEEPSEEK,  POST, /beta/completions,           Metered openai-completions /beta/completions",
        "DEEPSEEK,  GET,  /user/balance,               Free openai-chat /user/balance",
        "XAI,       GET,  /v1/chat/deferred-completion/abc, Free openai-chat /v1/chat/deferred-completion/{id}",
        "MISTRAL,   POST, /v1/fim/completions,         Metered openai-completions /v1/fim/completions",
        "MISTRAL,   POST, /v1/ocr,                     Refused openai-chat /v1/ocr",
        "OPENROUTER, GET, /v1/generation,              Free openai-chat /v1/generation",
        "OPENROUTER, POST, /v1/keys,                   Refused openai-chat /v1/keys",
        "PERPLEXITY, POST, /chat/completions,          Metered openai-chat /chat/completions",
        "PERPLEXITY, POST, /search,                    Refused openai-chat /search",
        "OLLAMA,    POST, /api/chat,                   Refused plain /api/chat",
        "OLLAMA,    POST, /v1/chat/completions,        Metered openai-chat /v1/chat/completions",
        "COHERE,    POST, /v2/chat,                    Refused plain /v2/chat",
        "BEDROCK,   POST, /model/anthropic.claude-v2/converse, Refused plain /model/{id}/converse",
        "STRIPE,    POST, /v1/charges,                 Refused stripe /v1/charges",
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
        assertThat(UpstreamPath.of(path).compared()).isEqualTo("/v1/chat/completions");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/rest/../v1/chat/completions",
                "/rest/%2e%2E/v1/messages",
                "/v1/./models",
                "/a%zz",
                "/a%4",
                "/rest/%252E%252e/v1/messages",
                "/v1/chat%252Fcompletions",
                "/v1/chat%255ccompletions"
            })
    void refusesPathsThatAnUpstreamMayReadAsOthers(String path) {
        Route route = Routes.find(Profile.DEMO, UnknownPaths.FLAT, "POST", path);

        assertThat(route).isInstanceOfSatisfying(Route.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo("invalid_path");
            assertThat(refused.message())
                    .isEqualTo(
                            "path: " + path
                                    + " (expected: valid percent-encoding, done once, no control characters, and no . or .. segments)");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "GEMINI,       /v1beta/models/gemini-2.5-flash:generateContent,       gemini-2.5-flash",
        "GEMINI,       /V1BETA/Models/gemini-2.5-flash:GENERATECONTENT,       gemini-2.5-flash",
        "GEMINI,       /v1beta/tunedModels/mine%2D1:streamGenerateContent,    mine-1",
        "GEMINI,       /v1beta/models/a:b:generateContent,                    a:b",
        "AZURE_OPENAI, /openai/deployments/gpt-4o-eu/chat/completions,        gpt-4o-eu",
        "OPENAI,       /v1/chat/completions,                                  ",
    })
    void findsTheModelThatThePathNames(Profile profile, String path, String model) {
        assertThat(Routes.find(profile, UnknownPaths.BLOCK, "POST", path))
                .isInstanceOfSatisfying(
                        Route.Metered.class,
                        metered -> assertThat(metered.model()).isEqualTo(model));
    }

    @Test
    void marksWhatIsNotMeteredYetWhereTheSettingLetsItThrough() {
        assertThat(Routes.find(Profile.OPENAI, UnknownPaths.UNPRICED, "POST", "/v1/images/generations"))
                .isInstanceOf(Route.Unpriced.class);
        assertThat(Routes.find(Profile.COHERE, UnknownPaths.UNPRICED, "POST", "/v2/chat"))
                .isInstanceOf(Route.Unpriced.class);
        assertThat(Routes.find(Profile.OPENAI, UnknownPaths.BLOCK, "POST", "/v1/images/generations"))
                .isInstanceOfSatisfying(Route.Refused.class, refused -> {
                    assertThat(refused.code()).isEqualTo("endpoint_not_metered");
                    assertThat(refused.message()).isEqualTo("POST /v1/images/generations: is not metered yet");
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
