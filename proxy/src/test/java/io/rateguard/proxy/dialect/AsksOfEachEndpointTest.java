package io.rateguard.proxy.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.rateguard.domain.api.Profile;
import io.rateguard.domain.api.UnknownPaths;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests beside chats and messages ask for, and which of them have an upper bound. */
class AsksOfEachEndpointTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"model\":\"m\",\"prompt\":\"Say this\",\"max_tokens\":7} | 7 | 1",
                "{\"model\":\"m\",\"prompt\":[\"a\",\"b\",\"c\"],\"max_tokens\":7,\"n\":2} | 42 | 6",
                "{\"model\":\"m\",\"prompt\":[\"a\",\"b\"],\"max_tokens\":7,\"n\":2,\"best_of\":5} | 70 | 10",
                "{\"model\":\"m\",\"prompt\":[1,2,3],\"max_tokens\":7} | 7 | 1",
                "{\"model\":\"m\",\"prompt\":[[1,2],[3]],\"max_tokens\":7} | 14 | 2",
                "{\"max_tokens\":7,\"model\":\"m\",\"prompt\":null} | 7 | 1",
            })
    void aCompletionMayBeAnsweredForEachPromptAndOftenerThanShown(String body, long outputLimit, int answers) {
        Ask ask = ask(Profile.OPENAI, "/v1/completions", body);

        assertThat(ask.outputLimit()).hasValue(outputLimit);
        assertThat(ask.n()).isEqualTo(answers);
        assertThat(ask.unbounded()).isEmpty();
    }

    @Test
    void aCompletionWithoutALimitNamesNone() {
        assertThat(ask(Profile.OPENAI, "/v1/completions", "{\"model\":\"m\",\"prompt\":\"x\"}")
                        .outputLimit())
                .isEmpty();
        assertThat(ask(
                                Profile.OPENAI,
                                "/v1/completions",
                                "{\"model\":\"m\",\"prompt\":[\"x\",\"y\"],\"max_tokens\":2147483647,\"n\":2147483647}")
                        .n())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void tokensGivenAsNumbersCountAsTokens() {
        long one = ask(Profile.OPENAI, "/v1/embeddings", "{\"model\":\"m\",\"input\":[7]}")
                .inputTokensEstimate();
        Ask hundred = ask(Profile.OPENAI, "/v1/embeddings", "{\"model\":\"m\",\"input\":[7" + ",7".repeat(99) + "]}");

        assertThat(hundred.inputTokensEstimate()).isEqualTo(one + 99);
        assertThat(hundred.inputTokensAtMost()).isGreaterThanOrEqualTo(100);
    }

    @Test
    void embeddingsHaveNoOutputAndABound() {
        Ask ask = ask(
                Profile.OPENAI,
                "/v1/embeddings",
                "{\"model\":\"text-embedding-3-small\",\"input\":[\"Grüße\",\"x\"],\"dimensions\":256,\"user\":\"u\"}");

        assertThat(ask.outputLimit()).hasValue(0);
        assertThat(ask.stream()).isFalse();
        assertThat(ask.endUser()).isEqualTo("u");
        assertThat(ask.inputTokensAtMost()).isBetween(8L, 300L);
        assertThat(ask.unbounded()).isEmpty();
        assertThat(ask.edit().isNone()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"input\":\"Hi\",\"instructions\":\"Be brief\",\"background\":false | ",
                "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"x\"}]},{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"{}\"}] | ",
                "\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":{\"type\":\"image\",\"content\":[{\"type\":\"x\"}]}}] | ",
                "\"text\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"content\":[{\"type\":\"x\"}]}}},\"previous_response_id\":null | ",
                "\"previous_response_id\":\"resp_1\" | previous_response_id: input stored at the provider",
                "\"conversation\":{\"id\":\"conv_1\"} | conversation: input stored at the provider",
                "\"prompt\":{\"id\":\"pmpt_1\"} | prompt: input stored at the provider",
                "\"background\":true | background: the reply comes before its usage is known",
                "\"tools\":[{\"type\":\"web_search\"}] | tools: web_search, a tool that the provider runs",
                "\"tools\":[{\"type\":\"mcp\",\"server_url\":\"https://x\"}] | tools: mcp, a tool that the provider runs",
                "\"tools\":[{\"type\":\"code_interpreter\",\"container\":{\"type\":\"auto\"}}] | tools: code_interpreter, a tool that the provider runs",
                "\"input\":[{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],\"encrypted_content\":\"gAAA\"}] | ",
                "\"input\":[{\"id\":\"msg_1\"}] | input: null, an item whose tokens cannot be told beforehand",
                "\"input\":[{\"type\":null,\"id\":\"msg_1\"}] | input: null, an item whose tokens cannot be told beforehand",
                "\"input\":[{\"role\":\"user\",\"content\":\"x\"},{\"id\":\"msg_1\",\"role\":null,\"content\":\"x\"}] | input: null, an item whose tokens cannot be told beforehand",
                "\"input\":[{\"type\":\"message\",\"id\":\"msg_1\"}] | input: message, an item whose tokens cannot be told beforehand",
                "\"input\":[{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[]}] | input: reasoning, an item whose tokens cannot be told beforehand",
                "\"input\":[{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],\"encrypted_content\":null}] | input: reasoning, an item whose tokens cannot be told beforehand",
                "\"input\":[{\"type\":\"item_reference\",\"id\":\"rs_1\"}] | input: item_reference, an item whose tokens cannot be told beforehand",
                "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"https://x\"}]}] | content: input_image, a part whose tokens cannot be told beforehand",
                "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"file_id\":\"file-1\"}]}] | content: input_file, a part whose tokens cannot be told beforehand",
                "\"input\":[{\"type\":\"function_call_output\",\"output\":[{\"type\":\"input_image\"}]}] | output: input_image, a part whose tokens cannot be told beforehand",
                "\"context_management\":[{\"type\":\"compaction\"}] | context_management: compaction is billed beyond the limits of the request",
            })
    void saysWhyAResponseHasNoUpperBound(String fields, String reason) {
        Ask ask = ask(Profile.OPENAI, "/v1/responses", "{\"model\":\"m\",\"max_output_tokens\":16," + fields + "}");

        assertThat(ask.unbounded().orElse(null)).isEqualTo(reason);
        assertThat(ask.outputLimit()).hasValue(16);
    }

    @Test
    void aResponseReportsItsUsageUnasked() {
        Ask ask = ask(
                Profile.OPENAI,
                "/v1/responses",
                "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_obfuscation\":false},\"input\":\"x\"}");

        assertThat(ask.stream()).isTrue();
        assertThat(ask.edit().isNone()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "OPENAI | /v1/responses | {\"model\":\"m\",\"background\":1} | background: 1 (expected: true or false)",
                "OPENAI | /v1/responses | {\"model\":\"m\",\"Background\":true} | Background: not a field (expected: background)",
                "OPENAI | /v1/responses | {\"model\":\"m\",\"max_output_tokens\":-1} | max_output_tokens: -1 (expected: a whole number from 0 to 2147483647)",
                "OPENAI | /v1/completions | {\"model\":\"m\",\"prompt\":\"a\",\"prompt\":\"b\"} | prompt: given twice (expected: once)",
                "OPENAI | /v1/embeddings | {\"input\":\"a\"} | model: missing (expected: the name of a model)",
                "GEMINI | /v1beta/models/g:generateContent | {\"serviceTier\":\"flex\",\"service_tier\":\"priority\"} | service_tier: given twice (expected: once)",
                "GEMINI | /v1beta/models/g:generateContent | {\"generationConfig\":[]} | generationConfig: an array (expected: an object)",
                "GEMINI | /v1beta/models/g:generateContent | {\"generationConfig\":{},\"generation_config\":{}} | generationConfig: given twice (expected: once)",
                "GEMINI | /v1beta/models/g:generateContent | {\"generationConfig\":{\"maxOutputTokens\":1,\"max_output_tokens\":2}} | generationConfig.max_output_tokens: given twice (expected: once)",
                "GEMINI | /v1beta/models/g:generateContent | {\"generationConfig\":{\"candidateCount\":0}} | generationConfig.candidateCount: 0 (expected: a whole number from 1 to 2147483647)",
            })
    void refusesWhatItCannotReadSafely(Profile profile, String path, String body, String message) {
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> ask(profile, path, body))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI,    /v1/chat/completions,              service_tier",
        "OPENAI,    /v1/responses,                     service_tier",
        "ANTHROPIC, /v1/messages,                      service_tier",
        "GEMINI,    /v1beta/models/g:generateContent,  serviceTier",
        "GEMINI,    /v1beta/models/g:generateContent,  service_tier",
    })
    void tellsTheTierOfServiceThatIsAskedFor(Profile profile, String path, String field) {
        assertThat(ask(profile, path, "{\"model\":\"m\",\"" + field + "\":\"priority\"}")
                        .serviceTier())
                .isEqualTo("priority");
        assertThat(ask(profile, path, "{\"model\":\"m\",\"" + field + "\":null}")
                        .serviceTier())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "OPENAI | /v1/chat/completions | \"max_tokens\":0 | ",
                "OPENAI | /v1/chat/completions | \"max_completion_tokens\":0 | ",
                "OPENAI | /v1/responses | \"max_output_tokens\":0 | ",
                "GEMINI | /v1beta/models/g:generateContent | \"generationConfig\":{\"maxOutputTokens\":0} | ",
                "OPENAI | /v1/completions | \"max_tokens\":0 | 0",
                "ANTHROPIC | /v1/messages | \"max_tokens\":0 | 0",
            })
    void aLimitOfNothingIsNoneWhereProvidersTakeItForNone(Profile profile, String path, String field, Long limit) {
        OptionalLong read =
                ask(profile, path, "{\"model\":\"m\"," + field + "}").outputLimit();

        assertThat(read).isEqualTo(limit == null ? OptionalLong.empty() : OptionalLong.of(limit));
    }

    @Test
    void geminiNamesModelAndStreamInThePath() {
        String body = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Grüße\"}]}],"
                + "\"generation_config\":{\"max_output_tokens\":100,\"candidateCount\":2}}";

        Ask whole = ask(Profile.GEMINI, "/v1beta/models/gemini-2.5-flash:generateContent", body);
        Ask streamed = ask(Profile.GEMINI, "/v1beta/models/gemini-2.5-pro:streamGenerateContent", body);

        assertThat(whole.model()).isEqualTo("gemini-2.5-flash");
        assertThat(whole.stream()).isFalse();
        assertThat(whole.outputLimit()).hasValue(200);
        assertThat(whole.n()).isEqualTo(2);
        assertThat(whole.inputTokensAtMost()).isBetween(7L, 300L);
        assertThat(whole.unbounded()).isEmpty();
        assertThat(streamed.model()).isEqualTo("gemini-2.5-pro");
        assertThat(streamed.stream()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\",\"parameters\":{\"googleSearch\":{}}}]}] | ",
                "\"contents\":[{\"parts\":[{\"functionResponse\":{\"name\":\"f\",\"response\":{\"inlineData\":1}}}]}] | ",
                "\"generationConfig\":{\"responseModalities\":[\"TEXT\"],\"thinkingConfig\":{\"thinkingBudget\":0}} | ",
                "\"tools\":[{\"googleSearch\":{}}] | tools: googleSearch, a tool that the provider runs",
                "\"tools\":[{\"code_execution\":{}}] | tools: code_execution, a tool that the provider runs",
                "\"contents\":[{\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AAAA\"}}]}] | parts: inlineData, media whose tokens cannot be told beforehand",
                "\"contents\":[{\"parts\":[{\"file_data\":{\"file_uri\":\"https://x\"}}]}] | parts: file_data, media whose tokens cannot be told beforehand",
                "\"contents\":[{\"parts\":[{\"functionResponse\":{\"parts\":[{\"inlineData\":{}}]}}]}] | parts: inlineData, media whose tokens cannot be told beforehand",
                "\"cachedContent\":\"cachedContents/1\" | cachedContent: input stored at the provider",
                "\"generationConfig\":{\"responseModalities\":[\"IMAGE\"]} | responseModalities: IMAGE, whose tokens cannot be told beforehand",
            })
    void saysWhyAGeminiRequestHasNoUpperBound(String fields, String reason) {
        assertThat(ask(Profile.GEMINI, "/v1beta/models/g:generateContent", "{" + fields + "}")
                        .unbounded()
                        .orElse(null))
                .isEqualTo(reason);
    }

    @Test
    void azuresDeploymentIsTheModelWhateverTheBodySays() {
        String body = "{\"model\":\"gpt-4o\",\"messages\":[]}";

        assertThat(ask(Profile.AZURE_OPENAI, "/openai/deployments/mine/chat/completions", body)
                        .model())
                .isEqualTo("mine");
        assertThat(ask(Profile.AZURE_OPENAI, "/openai/v1/chat/completions", body)
                        .model())
                .isEqualTo("gpt-4o");
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI,            ,                   true",
        "AZURE_OPENAI,      2024-02-15-preview, false",
        "AZURE_OPENAI,      2024-06-01,         false",
        "AZURE_OPENAI,      2024-09-01-preview, true",
        "AZURE_OPENAI,      2025-04-01-preview, true",
        "AZURE_OPENAI,      preview,            true",
        "AZURE_OPENAI,      ,                   true",
        "DEEPSEEK,          ,                   true",
        "XAI,               ,                   true",
        "TOGETHER,          ,                   true",
        "CEREBRAS,          ,                   true",
        "OPENAI_COMPATIBLE, ,                   true",
        "GROQ,              ,                   false",
        "MISTRAL,           ,                   false",
        "OPENROUTER,        ,                   false",
        "FIREWORKS,         ,                   false",
        "PERPLEXITY,        ,                   false",
    })
    void asksForTheUsageOfAStreamWhereTheProviderHasToBeAsked(Profile profile, String apiVersion, boolean asks) {
        Dialect chat = new OpenAiDialect(OpenAiDialect.Kind.CHAT, Quirks.of(profile));
        ByteBuf body = Bytes.heap("{\"model\":\"m\",\"stream\":true}");

        List<Address.Parameter> query =
                apiVersion == null ? List.of() : List.of(new Address.Parameter("api-version", apiVersion));
        BodyEdit edit = chat.ask(body, null, new Address(null, query)).edit();

        assertThat(edit.asksForUsage()).isEqualTo(asks);
        body.release();
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI,     gpt-4o-search-preview,   true",
        "OPENAI,     gpt-4o,                  false",
        "GROQ,       groq/compound,           true",
        "GROQ,       llama-3.1-8b-instant,    false",
        "OPENROUTER, openai/gpt-4o:online,    true",
        "OPENROUTER, openai/gpt-4o,           false",
        "PERPLEXITY, sonar,                   true",
    })
    void modelsThatSearchUnaskedHaveNoUpperBound(Profile profile, String model, boolean unbounded) {
        Dialect chat = new OpenAiDialect(OpenAiDialect.Kind.CHAT, Quirks.of(profile));
        ByteBuf body = Bytes.heap("{\"model\":\"" + model + "\"}");

        assertThat(chat.ask(body, null).unbounded().isPresent()).isEqualTo(unbounded);
        body.release();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"models\":[\"a\",\"b\"] | models: models to fall back to, at their own prices",
                "\"plugins\":[{\"id\":\"web\"}] | plugins: a tool that the provider runs",
                "\"search_parameters\":{\"mode\":\"on\"} | search_parameters: a tool that the provider runs",
                "\"deferred\":true | deferred: the reply comes before its usage is known",
                "\"data_sources\":[{}] | data_sources: a tool that the provider runs",
            })
    void whatCompatibleProvidersAddHasNoUpperBound(String fields, String reason) {
        assertThat(ask(Profile.OPENROUTER, "/v1/chat/completions", "{\"model\":\"m\"," + fields + "}")
                        .unbounded())
                .contains(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"model\":\"m\",\"provider\":null | ",
                "\"model\":\"m\",\"models\":[\"a\"] | models: models to fall back to, at their own prices",
                "\"model\":\"m\",\"fallbacks\":[{}] | fallbacks: models to fall back to, at their own prices",
                "\"model\":\"m\",\"plugins\":[{\"id\":\"web\"}] | plugins: a tool that the provider runs",
                "\"model\":\"m\",\"preset\":\"p\" | preset: providers or settings chosen beside the model, at their own prices",
                "\"model\":\"m\",\"provider\":{\"order\":[]} | provider: providers or settings chosen beside the model, at their own prices",
                "\"model\":\"m\",\"route\":\"fallback\" | route: providers or settings chosen beside the model, at their own prices",
                "\"model\":\"openai/gpt-4o:online\" | model: openai/gpt-4o:online searches the web by itself",
                "\"model\":\"perplexity/sonar\" | model: perplexity/sonar searches the web by itself",
            })
    void whatARouterMayAnswerAtAnotherPriceHasNoUpperBoundInAnyLanguage(String fields, String reason) {
        for (String path : List.of("/v1/chat/completions", "/v1/responses", "/v1/messages")) {
            assertThat(ask(Profile.OPENROUTER, path, "{" + fields + "}")
                            .unbounded()
                            .orElse(null))
                    .isEqualTo(reason);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"extra_body\":{\"google\":{\"cached_content\":\"cachedContents/1\"}}",
                "\"google\":{\"cached_content\":\"cachedContents/1\"}",
                "\"cached_content\":\"cachedContents/1\"",
                "\"cachedContent\":\"cachedContents/1\""
            })
    void whatGeminiHasStoredHasNoUpperBoundInOpenAisLanguage(String field) {
        String body = "{\"model\":\"g\"," + field + "}";

        assertThat(ask(Profile.GEMINI, "/v1beta/openai/chat/completions", body).unbounded())
                .get()
                .asString()
                .endsWith(": input stored at the provider");
        assertThat(ask(Profile.OPENAI, "/v1/chat/completions", body).unbounded())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1beta/models/g:generateContent,    fields,           candidates,            none",
        "/v1beta/models/g:streamGenerateContent, $fields,       candidates,            none",
        "/v1beta/models/g:generateContent,    x-goog-fieldmask, candidates,            none",
        "/v1beta/models/g:generateContent,    callback,         f,                     none",
        "/v1beta/models/g:embedContent,       $callback,        f,                     none",
        "/v1beta/models/g:generateContent,    alt,              proto,                 sse or json",
        "/v1beta/models/g:generateContent,    $alt,             json;enum-encoding=int, sse or json",
        "/v1beta/openai/chat/completions,     fields,           choices,               none",
    })
    void nothingHidesGeminisUsageReport(String path, String name, String value, String expected) {
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() ->
                        ask(Profile.GEMINI, path, "{\"model\":\"g\"}", List.of(new Address.Parameter(name, value))))
                .withMessage(
                        name + ": " + value + " (expected: " + expected + "; RateGuard has to read the usage report)");
    }

    @Test
    void geminisFormatsMayBeNamed() {
        for (String format : List.of("sse", "json")) {
            List<Address.Parameter> query =
                    List.of(new Address.Parameter("alt", format), new Address.Parameter("prettyPrint", "false"));

            assertThat(ask(Profile.GEMINI, "/v1beta/models/g:streamGenerateContent", "{}", query).stream())
                    .isTrue();
        }
        List<Address.Parameter> fields = List.of(new Address.Parameter("fields", "x"));
        assertThat(ask(Profile.OPENAI, "/v1/chat/completions", "{\"model\":\"m\"}", fields)
                        .model())
                .isEqualTo("m");
    }

    @Test
    void azuresVersionIsGivenOnce() {
        List<Address.Parameter> query = List.of(
                new Address.Parameter("api-version", "2025-04-01"), new Address.Parameter("API-Version", "2024-02-01"));

        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() ->
                        ask(Profile.AZURE_OPENAI, "/openai/deployments/d/chat/completions", "{\"stream\":true}", query))
                .withMessage("api-version: given twice (expected: once)");
    }

    private static Ask ask(Profile profile, String path, String body) {
        return ask(profile, path, body, List.of());
    }

    private static Ask ask(Profile profile, String path, String body, List<Address.Parameter> query) {
        Route.Metered route = (Route.Metered) Routes.find(profile, UnknownPaths.BLOCK, "POST", path);
        ByteBuf buffer = Bytes.heap(body);
        try {
            return route.dialect().ask(buffer, "application/json", new Address(route.model(), query));
        } finally {
            buffer.release();
        }
    }
}
