package io.rateguard.domain.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What kind of provider an API is: decides the dialects its paths speak, how it takes its credential by default, and
 * where the price catalogue looks for its models. The paths that each one knows are in {@link KnownPaths}.
 */
public enum Profile {
    OPENAI("OpenAI", "https://api.openai.com", Credential.BEARER, List.of("openai"), List.of("/v1")),
    AZURE_OPENAI(
            "Azure OpenAI",
            "https://<resource>.openai.azure.com",
            Credential.header("api-key"),
            List.of("azure", "openai"),
            List.of("/openai/v1", "/openai", "/models", "/anthropic")),
    ANTHROPIC(
            "Anthropic",
            "https://api.anthropic.com",
            Credential.header("x-api-key"),
            List.of("anthropic"),
            List.of("/v1")),
    GEMINI(
            "Google Gemini",
            "https://generativelanguage.googleapis.com",
            Credential.header("x-goog-api-key"),
            List.of("google"),
            List.of("/v1beta", "/v1alpha", "/v1")),
    MISTRAL("Mistral", "https://api.mistral.ai", Credential.BEARER, List.of("mistral"), List.of("/v1")),
    COHERE("Cohere", "https://api.cohere.com", Credential.BEARER, List.of("cohere"), List.of()),
    BEDROCK(
            "Amazon Bedrock",
            "https://bedrock-runtime.<region>.amazonaws.com",
            Credential.BEARER,
            List.of("aws"),
            List.of()),
    GROQ("Groq", "https://api.groq.com/openai", Credential.BEARER, List.of("groq"), List.of("/v1")),
    /** Has no version segment. */
    DEEPSEEK("DeepSeek", "https://api.deepseek.com", Credential.BEARER, List.of("deepseek"), List.of()),
    XAI("xAI", "https://api.x.ai", Credential.BEARER, List.of("x-ai"), List.of("/v1")),
    OPENROUTER("OpenRouter", "https://openrouter.ai/api", Credential.BEARER, List.of("openrouter"), List.of("/v1")),
    TOGETHER("Together AI", "https://api.together.xyz", Credential.BEARER, List.of("together"), List.of("/v1")),
    FIREWORKS(
            "Fireworks AI",
            "https://api.fireworks.ai/inference",
            Credential.BEARER,
            List.of("fireworks"),
            List.of("/v1")),
    CEREBRAS("Cerebras", "https://api.cerebras.ai", Credential.BEARER, List.of("cerebras"), List.of("/v1")),
    /** Its older paths have no version segment. */
    PERPLEXITY("Perplexity", "https://api.perplexity.ai", Credential.BEARER, List.of("perplexity"), List.of()),
    /** vLLM, SGLang, llama.cpp and whatever else speaks OpenAI's language; its models have no price of their own. */
    OPENAI_COMPATIBLE("OpenAI-compatible", "", Credential.BEARER, List.of(), List.of("/v1")),
    OLLAMA("Ollama", "", Credential.NONE, List.of(), List.of()),
    STRIPE("Stripe", "https://api.stripe.com", Credential.BEARER, List.of(), List.of()),
    /** Any HTTP API. */
    GENERIC("Any HTTP API", "", Credential.BEARER, List.of(), List.of()),
    /** The demo provider: the languages of OpenAI, Anthropic and Gemini, and plain REST, at one address. */
    DEMO("Demo provider", "", Credential.BEARER, List.of("demo", "openai", "anthropic", "google"), List.of());

    private final String title;
    private final String usualBaseUrl;
    private final Credential credential;
    private final List<String> priceProviders;
    private final List<String> roots;

    Profile(String title, String usualBaseUrl, Credential credential, List<String> priceProviders, List<String> roots) {
        this.title = title;
        this.usualBaseUrl = usualBaseUrl;
        this.credential = credential;
        this.priceProviders = priceProviders;
        this.roots = roots;
    }

    /** What people call it. */
    public String title() {
        return title;
    }

    /** Where it usually is, with {@code <…>} for what differs; empty where there is no usual place. */
    public String usualBaseUrl() {
        return usualBaseUrl;
    }

    public AuthType defaultAuth() {
        return credential.type;
    }

    /** The header or parameter that takes its credential by default; none where the type needs none. */
    public @Nullable String defaultAuthName() {
        return credential.name;
    }

    /** The providers of the price catalogue to look in, in order. */
    public List<String> priceProviders() {
        return priceProviders;
    }

    /** Whether the models of its requests have names that its users gave them: what they are, the replies say. */
    public boolean namesModelsFreely() {
        return this == AZURE_OPENAI;
    }

    /**
     * What its paths begin with. A call whose base URL and path have none of them gets the first, so that it works with
     * and without; empty where nothing is put in.
     */
    public List<String> roots() {
        return roots;
    }

    /** What happens to paths that it does not know, unless the API says otherwise. */
    public UnknownPaths usualUnknownPaths() {
        return switch (this) {
            case STRIPE, GENERIC, DEMO -> UnknownPaths.FLAT;
            case OPENAI,
                    AZURE_OPENAI,
                    ANTHROPIC,
                    GEMINI,
                    MISTRAL,
                    COHERE,
                    BEDROCK,
                    GROQ,
                    DEEPSEEK,
                    XAI,
                    OPENROUTER,
                    TOGETHER,
                    FIREWORKS,
                    CEREBRAS,
                    PERPLEXITY,
                    OPENAI_COMPATIBLE,
                    OLLAMA -> UnknownPaths.BLOCK;
        };
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Profile ofWireName(String name) {
        return Arrays.stream(values())
                .filter(profile -> profile.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("profile: " + name + " (expected: "
                        + Arrays.stream(values()).map(Profile::wireName).collect(Collectors.joining(", ")) + ")"));
    }

    private record Credential(AuthType type, @Nullable String name) {

        private static final Credential BEARER = new Credential(AuthType.BEARER, null);
        private static final Credential NONE = new Credential(AuthType.NONE, null);

        private static Credential header(String name) {
            return new Credential(AuthType.HEADER, name);
        }
    }
}
