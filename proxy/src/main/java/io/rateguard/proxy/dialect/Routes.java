package io.rateguard.proxy.dialect;

import io.rateguard.domain.api.KnownPaths;
import io.rateguard.domain.api.Profile;
import io.rateguard.domain.api.Speech;
import io.rateguard.domain.api.UnknownPaths;
import io.rateguard.domain.api.UpstreamPath;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds what a path is to RateGuard. Paths are compared decoded, in any case and without empty segments, as upstreams
 * may, so that no spelling of a metered path goes past its meter.
 */
public final class Routes {

    private static final Map<Profile, ProfileRoutes> BY_PROFILE =
            Arrays.stream(Profile.values()).collect(Collectors.toMap(Function.identity(), Routes::of));

    private Routes() {}

    /** @param upstreamPath as it goes upstream, version segment included, without the query */
    public static Route find(Profile profile, UnknownPaths unknownPaths, String method, String upstreamPath) {
        ProfileRoutes paths = Objects.requireNonNull(BY_PROFILE.get(profile));
        UpstreamPath path = UpstreamPath.of(upstreamPath);
        if (!path.plain()) {
            return new Route.Refused(
                    paths.errors(),
                    path.folded(),
                    "invalid_path",
                    "path: " + path.shown()
                            + " (expected: valid percent-encoding, done once, no control characters, and no . or .. segments)");
        }
        return paths.find(unknownPaths, method, path);
    }

    private static ProfileRoutes of(Profile profile) {
        Quirks quirks = Quirks.of(profile);
        Map<Speech, Dialect> dialects = Arrays.stream(Speech.values())
                .collect(Collectors.toMap(Function.identity(), speech -> dialect(speech, quirks)));
        List<Known> known = KnownPaths.of(profile).stream()
                .map(path -> Known.of(path, Objects.requireNonNull(dialects.get(path.speech()))))
                .toList();
        return new ProfileRoutes(profile, Objects.requireNonNull(dialects.get(errors(profile))), known);
    }

    private static Dialect dialect(Speech speech, Quirks quirks) {
        return switch (speech) {
            case OPENAI_CHAT -> new OpenAiDialect(OpenAiDialect.Kind.CHAT, quirks);
            case OPENAI_COMPLETIONS -> new OpenAiDialect(OpenAiDialect.Kind.COMPLETIONS, quirks);
            case OPENAI_RESPONSES -> new OpenAiDialect(OpenAiDialect.Kind.RESPONSES, quirks);
            case OPENAI_EMBEDDINGS -> new OpenAiDialect(OpenAiDialect.Kind.EMBEDDINGS, quirks);
            case ANTHROPIC_MESSAGES -> new AnthropicMessages(quirks);
            case GEMINI_GENERATE -> new Gemini(Gemini.Kind.GENERATE);
            case GEMINI_STREAM -> new Gemini(Gemini.Kind.STREAM);
            case GEMINI_EMBED -> new Gemini(Gemini.Kind.EMBED);
            case STRIPE -> new PlainDialect("stripe", OpenAiDialect::errorBody);
            case PLAIN -> new PlainDialect();
        };
    }

    /** The language of errors on paths that resemble no metered one. */
    private static Speech errors(Profile profile) {
        return switch (profile) {
            case OPENAI,
                    AZURE_OPENAI,
                    MISTRAL,
                    GROQ,
                    DEEPSEEK,
                    XAI,
                    OPENROUTER,
                    TOGETHER,
                    FIREWORKS,
                    CEREBRAS,
                    PERPLEXITY,
                    OPENAI_COMPATIBLE -> Speech.OPENAI_CHAT;
            case ANTHROPIC -> Speech.ANTHROPIC_MESSAGES;
            case GEMINI -> Speech.GEMINI_GENERATE;
            case STRIPE -> Speech.STRIPE;
            case COHERE, BEDROCK, OLLAMA, GENERIC, DEMO -> Speech.PLAIN;
        };
    }
}
