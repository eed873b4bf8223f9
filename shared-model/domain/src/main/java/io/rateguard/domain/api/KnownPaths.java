package io.rateguard.domain.api;

import static io.rateguard.domain.api.KnownPath.flat;
import static io.rateguard.domain.api.KnownPath.free;
import static io.rateguard.domain.api.KnownPath.metered;
import static io.rateguard.domain.api.KnownPath.refused;
import static io.rateguard.domain.api.KnownPath.unmetered;
import static io.rateguard.domain.api.Speech.ANTHROPIC_MESSAGES;
import static io.rateguard.domain.api.Speech.GEMINI_EMBED;
import static io.rateguard.domain.api.Speech.GEMINI_GENERATE;
import static io.rateguard.domain.api.Speech.GEMINI_STREAM;
import static io.rateguard.domain.api.Speech.OPENAI_CHAT;
import static io.rateguard.domain.api.Speech.OPENAI_COMPLETIONS;
import static io.rateguard.domain.api.Speech.OPENAI_EMBEDDINGS;
import static io.rateguard.domain.api.Speech.OPENAI_RESPONSES;
import static io.rateguard.domain.api.Speech.PLAIN;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The paths that each profile knows; of several that match, the first decides. */
public final class KnownPaths {

    private static final String REALTIME = "realtime sessions bypass metering and are not let through";
    private static final String CREDENTIALS = "minting provider credentials would bypass metering";
    private static final String MANAGED = "is billed by the provider in ways that are not metered";
    private static final String LATER = "is not metered yet";

    private static final Map<Profile, List<KnownPath>> BY_PROFILE =
            Arrays.stream(Profile.values()).collect(Collectors.toMap(Function.identity(), KnownPaths::list));

    private KnownPaths() {}

    /** As they follow the address of the provider: {@code /v1/chat/completions}. */
    public static List<KnownPath> of(Profile profile) {
        return BY_PROFILE.getOrDefault(profile, List.of());
    }

    private static List<KnownPath> list(Profile profile) {
        return switch (profile) {
            case OPENAI -> openAi();
            case AZURE_OPENAI -> azure();
            case ANTHROPIC -> anthropic();
            case GEMINI -> gemini();
            case MISTRAL -> mistral();
            case COHERE -> cohere();
            case BEDROCK ->
                join(
                        core("/openai/v1"),
                        List.of(
                                unmetered("/model/**", PLAIN, LATER),
                                unmetered("/async-invoke/**", PLAIN, LATER),
                                unmetered("/guardrail/**", PLAIN, MANAGED)));
            case GROQ -> join(core("/v1"), responses("/v1"), media("/v1"), managed("/v1"));
            case DEEPSEEK ->
                join(
                        core(""),
                        core("/v1"),
                        core("/beta"),
                        messages("/anthropic/v1"),
                        List.of(free("GET", "/user/balance", OPENAI_CHAT)));
            case XAI -> xAi();
            case OPENROUTER -> openRouter();
            case TOGETHER ->
                join(
                        core("/v1"),
                        media("/v1"),
                        managed("/v1"),
                        List.of(
                                unmetered("/v1/rerank", OPENAI_CHAT, LATER),
                                unmetered("/v1/fine-tunes/**", OPENAI_CHAT, MANAGED)));
            case FIREWORKS -> join(core("/v1"), responses("/v1"), messages("/v1"), media("/v1"), managed("/v1"));
            case CEREBRAS -> join(core("/v1"), managed("/v1"));
            case PERPLEXITY -> perplexity();
            case OPENAI_COMPATIBLE -> join(core("/v1"), responses("/v1"), media("/v1"), managed("/v1"));
            case OLLAMA ->
                join(
                        core("/v1"),
                        List.of(
                                free("GET", "/api/tags", PLAIN),
                                free("GET", "/api/ps", PLAIN),
                                free("GET", "/api/version", PLAIN),
                                free("POST", "/api/show", PLAIN),
                                unmetered("/api/**", PLAIN, LATER)));
            case STRIPE, GENERIC -> List.of();
            case DEMO -> join(openAi(), anthropic(), gemini(), List.of(flat("/rest/**", PLAIN)));
        };
    }

    /** What all that speak OpenAI's language have. */
    private static List<KnownPath> core(String root) {
        return List.of(
                metered(root + "/chat/completions", OPENAI_CHAT),
                metered(root + "/completions", OPENAI_COMPLETIONS),
                metered(root + "/embeddings", OPENAI_EMBEDDINGS),
                free("GET", root + "/models", OPENAI_CHAT),
                free("GET", root + "/models/{id}", OPENAI_CHAT));
    }

    /** A response is charged where it is made; looking at it again costs nothing. */
    private static List<KnownPath> responses(String root) {
        return List.of(
                metered(root + "/responses", OPENAI_RESPONSES),
                metered(root + "/responses/compact", OPENAI_RESPONSES),
                free("POST", root + "/responses/input_tokens", OPENAI_RESPONSES),
                free("GET", root + "/responses/{id}", OPENAI_RESPONSES),
                free("DELETE", root + "/responses/{id}", OPENAI_RESPONSES),
                free("POST", root + "/responses/{id}/cancel", OPENAI_RESPONSES));
    }

    private static List<KnownPath> messages(String root) {
        return List.of(
                metered(root + "/messages", ANTHROPIC_MESSAGES),
                free("POST", root + "/messages/count_tokens", ANTHROPIC_MESSAGES));
    }

    private static List<KnownPath> media(String root) {
        return Stream.of("/images/**", "/audio/**", "/videos/**")
                .map(path -> unmetered(root + path, OPENAI_CHAT, LATER))
                .toList();
    }

    private static List<KnownPath> managed(String root) {
        return Stream.of(
                        "/batches/**",
                        "/files/**",
                        "/uploads/**",
                        "/fine_tuning/**",
                        "/vector_stores/**",
                        "/containers/**",
                        "/assistants/**",
                        "/threads/**",
                        "/evals/**")
                .map(path -> unmetered(root + path, OPENAI_CHAT, MANAGED))
                .toList();
    }

    private static List<KnownPath> realtime(String root) {
        return List.of(
                refused(root + "/realtime/**", OPENAI_CHAT, "realtime_not_supported", REALTIME),
                refused(root + "/chatkit/**", OPENAI_CHAT, "credential_minting_refused", CREDENTIALS));
    }

    private static List<KnownPath> openAi() {
        return join(
                core("/v1"),
                responses("/v1"),
                List.of(
                        free(null, "/v1/conversations/**", OPENAI_RESPONSES),
                        free("POST", "/v1/moderations", OPENAI_CHAT),
                        refused("/v1/organization/**", OPENAI_CHAT, "credential_minting_refused", CREDENTIALS)),
                realtime("/v1"),
                media("/v1"),
                managed("/v1"));
    }

    private static List<KnownPath> azure() {
        String deployment = "/openai/deployments/{deployment}";
        return join(
                List.of(
                        metered(deployment + "/chat/completions", OPENAI_CHAT),
                        metered(deployment + "/completions", OPENAI_COMPLETIONS),
                        metered(deployment + "/embeddings", OPENAI_EMBEDDINGS),
                        unmetered(deployment + "/**", OPENAI_CHAT, LATER)),
                core("/openai/v1"),
                responses("/openai/v1"),
                realtime("/openai/v1"),
                media("/openai/v1"),
                managed("/openai/v1"),
                responses("/openai"),
                realtime("/openai"),
                managed("/openai"),
                List.of(
                        free("GET", "/openai/models", OPENAI_CHAT),
                        free("GET", "/openai/models/{id}", OPENAI_CHAT),
                        metered("/models/chat/completions", OPENAI_CHAT),
                        metered("/models/embeddings", OPENAI_EMBEDDINGS),
                        free("GET", "/models/info", OPENAI_CHAT)),
                messages("/anthropic/v1"));
    }

    private static List<KnownPath> anthropic() {
        return join(
                messages("/v1"),
                List.of(
                        free("GET", "/v1/models", ANTHROPIC_MESSAGES),
                        free("GET", "/v1/models/{id}", ANTHROPIC_MESSAGES),
                        refused("/v1/organizations/**", ANTHROPIC_MESSAGES, "credential_minting_refused", CREDENTIALS),
                        refused("/v1/oauth/**", ANTHROPIC_MESSAGES, "credential_minting_refused", CREDENTIALS),
                        unmetered("/v1/messages/batches/**", ANTHROPIC_MESSAGES, MANAGED),
                        unmetered("/v1/files/**", ANTHROPIC_MESSAGES, MANAGED)));
    }

    private static List<KnownPath> gemini() {
        List<KnownPath> known = new ArrayList<>();
        for (String root : Profile.GEMINI.roots()) {
            known.addAll(core(root + "/openai"));
            for (String models : List.of(root + "/models", root + "/tunedModels")) {
                known.add(metered(models + "/{model}:generateContent", GEMINI_GENERATE));
                known.add(metered(models + "/{model}:streamGenerateContent", GEMINI_STREAM));
            }
            String model = root + "/models/{model}";
            known.add(metered(model + ":embedContent", GEMINI_EMBED));
            known.add(metered(model + ":batchEmbedContents", GEMINI_EMBED));
            known.add(free("POST", model + ":countTokens", GEMINI_GENERATE));
            known.add(unmetered(model + ":predict", GEMINI_GENERATE, LATER));
            known.add(unmetered(model + ":predictLongRunning", GEMINI_GENERATE, LATER));
            known.add(unmetered(model + ":batchGenerateContent", GEMINI_GENERATE, MANAGED));
            known.add(unmetered(model + ":asyncBatchEmbedContent", GEMINI_GENERATE, MANAGED));
            known.add(free("GET", root + "/models", GEMINI_GENERATE));
            known.add(free("GET", root + "/models/{id}", GEMINI_GENERATE));
            known.add(unmetered(root + "/cachedContents/**", GEMINI_GENERATE, MANAGED));
            known.add(unmetered(root + "/files/**", GEMINI_GENERATE, MANAGED));
            known.add(unmetered(root + "/batches/**", GEMINI_GENERATE, MANAGED));
            known.add(refused(root + "/auth_tokens/**", GEMINI_GENERATE, "credential_minting_refused", CREDENTIALS));
        }
        return known;
    }

    private static List<KnownPath> mistral() {
        return join(
                core("/v1"),
                List.of(
                        metered("/v1/fim/completions", OPENAI_COMPLETIONS),
                        unmetered("/v1/agents/**", OPENAI_CHAT, LATER),
                        unmetered("/v1/conversations/**", OPENAI_CHAT, LATER),
                        unmetered("/v1/moderations", OPENAI_CHAT, LATER),
                        unmetered("/v1/ocr", OPENAI_CHAT, LATER)),
                media("/v1"),
                managed("/v1"));
    }

    private static List<KnownPath> cohere() {
        return join(
                core("/compatibility/v1"),
                List.of(
                        free("GET", "/v1/models", PLAIN),
                        free("GET", "/v1/models/{id}", PLAIN),
                        free("POST", "/v1/tokenize", PLAIN),
                        free("POST", "/v1/detokenize", PLAIN),
                        unmetered("/v1/**", PLAIN, LATER),
                        unmetered("/v2/**", PLAIN, LATER)));
    }

    private static List<KnownPath> xAi() {
        return join(
                core("/v1"),
                responses("/v1"),
                messages("/v1"),
                List.of(
                        free("GET", "/v1/chat/deferred-completion/{id}", OPENAI_CHAT),
                        free("GET", "/v1/language-models", OPENAI_CHAT),
                        free("GET", "/v1/language-models/{id}", OPENAI_CHAT),
                        free("GET", "/v1/api-key", OPENAI_CHAT),
                        free("POST", "/v1/tokenize-text", OPENAI_CHAT)),
                realtime("/v1"),
                media("/v1"),
                managed("/v1"));
    }

    private static List<KnownPath> openRouter() {
        return join(
                core("/v1"),
                responses("/v1"),
                messages("/v1"),
                List.of(
                        free("GET", "/v1/generation", OPENAI_CHAT),
                        free("GET", "/v1/credits", OPENAI_CHAT),
                        free("GET", "/v1/key", OPENAI_CHAT),
                        free("GET", "/v1/auth/key", OPENAI_CHAT),
                        free("GET", "/v1/providers", OPENAI_CHAT),
                        refused("/v1/keys/**", OPENAI_CHAT, "credential_minting_refused", CREDENTIALS),
                        refused("/v1/auth/**", OPENAI_CHAT, "credential_minting_refused", CREDENTIALS)));
    }

    private static List<KnownPath> perplexity() {
        return join(
                List.of(
                        metered("/chat/completions", OPENAI_CHAT),
                        metered("/v1/chat/completions", OPENAI_CHAT),
                        metered("/v1/embeddings", OPENAI_EMBEDDINGS)),
                responses("/v1"),
                List.of(
                        unmetered("/search", OPENAI_CHAT, LATER),
                        unmetered("/async/**", OPENAI_CHAT, LATER),
                        unmetered("/v1/async/**", OPENAI_CHAT, LATER)));
    }

    @SafeVarargs
    private static List<KnownPath> join(List<KnownPath>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }
}
