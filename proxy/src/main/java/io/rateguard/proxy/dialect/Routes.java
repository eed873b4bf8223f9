package io.rateguard.proxy.dialect;

import io.rateguard.domain.api.Profile;
import io.rateguard.domain.api.UnknownPaths;
import java.util.List;

/**
 * Finds what a path is to RateGuard. Paths are compared decoded, in any case and without empty segments, as upstreams
 * may, so that no spelling of a metered path goes past its meter.
 */
public final class Routes {

    private static final Dialect PLAIN = new PlainDialect();
    private static final Dialect OPENAI_CHAT = new OpenAiChat();
    private static final Dialect ANTHROPIC_MESSAGES = new AnthropicMessages();

    private static final String REALTIME = "realtime sessions bypass metering and are not let through";
    private static final String CREDENTIALS = "minting provider credentials would bypass metering";
    private static final String MANAGED = "is billed by the provider in ways that are not metered";

    private static final ProfilePaths OPENAI = new ProfilePaths(
            OPENAI_CHAT,
            List.of(
                    Known.metered("POST", "/v1/chat/completions", OPENAI_CHAT),
                    Known.free("GET", "/v1/models", OPENAI_CHAT),
                    Known.free("GET", "/v1/models/{id}", OPENAI_CHAT),
                    Known.free("POST", "/v1/moderations", OPENAI_CHAT),
                    Known.refused("/v1/realtime/**", OPENAI_CHAT, "realtime_not_supported", REALTIME),
                    Known.refused("/v1/chatkit/**", OPENAI_CHAT, "credential_minting_refused", CREDENTIALS),
                    Known.refused("/v1/organization/**", OPENAI_CHAT, "credential_minting_refused", CREDENTIALS),
                    Known.unmetered("/v1/batches/**", OPENAI_CHAT, MANAGED),
                    Known.unmetered("/v1/files/**", OPENAI_CHAT, MANAGED),
                    Known.unmetered("/v1/uploads/**", OPENAI_CHAT, MANAGED),
                    Known.unmetered("/v1/fine_tuning/**", OPENAI_CHAT, MANAGED)));

    private static final ProfilePaths ANTHROPIC = new ProfilePaths(
            ANTHROPIC_MESSAGES,
            List.of(
                    Known.metered("POST", "/v1/messages", ANTHROPIC_MESSAGES),
                    Known.free("POST", "/v1/messages/count_tokens", ANTHROPIC_MESSAGES),
                    Known.free("GET", "/v1/models", ANTHROPIC_MESSAGES),
                    Known.free("GET", "/v1/models/{id}", ANTHROPIC_MESSAGES),
                    Known.refused(
                            "/v1/organizations/**", ANTHROPIC_MESSAGES, "credential_minting_refused", CREDENTIALS),
                    Known.refused("/v1/oauth/**", ANTHROPIC_MESSAGES, "credential_minting_refused", CREDENTIALS),
                    Known.unmetered("/v1/messages/batches/**", ANTHROPIC_MESSAGES, MANAGED),
                    Known.unmetered("/v1/files/**", ANTHROPIC_MESSAGES, MANAGED)));

    private static final ProfilePaths DEMO =
            ProfilePaths.of(PLAIN, OPENAI, ANTHROPIC).with(Known.flat("/rest/**", PLAIN));
    private static final ProfilePaths GENERIC = new ProfilePaths(PLAIN, List.of());

    private Routes() {}

    /** @param upstreamPath as it goes upstream, version segment included, without the query */
    public static Route find(Profile profile, UnknownPaths unknownPaths, String method, String upstreamPath) {
        ProfilePaths paths = switch (profile) {
            case OPENAI -> OPENAI;
            case ANTHROPIC -> ANTHROPIC;
            case DEMO -> DEMO;
            case GENERIC -> GENERIC;
        };
        UpstreamPath path = UpstreamPath.of(upstreamPath);
        if (!path.plain()) {
            return new Route.Refused(
                    paths.errors(),
                    path.folded(),
                    "invalid_path",
                    "path: " + path.shown() + " (expected: valid percent-encoding and no . or .. segments)");
        }
        return paths.find(profile, unknownPaths, method, path);
    }
}
