package io.rateguard.proxy.dialect;

import io.netty.buffer.ByteBuf;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a request of the older text completions: several prompts may be answered at once. */
final class OpenAiCompletionsAsk extends OpenAiAsk {

    private static final Set<String> METERED =
            Set.of("model", "max_tokens", "stream", "stream_options", "n", "best_of", "service_tier", "prompt");

    private final Texts prompts = new Texts(this);
    private OptionalLong maxTokens = OptionalLong.empty();
    private long shown = 1;
    private long made = 1;

    OpenAiCompletionsAsk(ByteBuf body, @Nullable String contentType, Address address, Quirks quirks) {
        super(body, contentType, address, quirks, METERED, Set.of("metadata"));
    }

    @Override
    void own(String name) {
        switch (name) {
            case "prompt" -> prompts.read(name);
            case "max_tokens" -> maxTokens = readCount(name, 0);
            case "n" -> shown = readCount(name, 1).orElse(1);
            case "best_of" -> made = readCount(name, 1).orElse(1);
            default -> walk(name);
        }
    }

    @Override
    void object(String key, @Nullable String type) {
        unbounded(key + ": an object, whose tokens cannot be told beforehand");
    }

    @Override
    OptionalLong outputLimit() {
        return maxTokens.isEmpty() ? maxTokens : OptionalLong.of(maxTokens.getAsLong() * answers());
    }

    /** All that are made are billed, whether or not they are shown. */
    @Override
    int answers() {
        return Math.clamp(Math.max(shown, made) * prompts.count(), 1, Integer.MAX_VALUE);
    }
}
