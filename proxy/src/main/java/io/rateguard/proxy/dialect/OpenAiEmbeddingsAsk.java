package io.rateguard.proxy.dialect;

import io.netty.buffer.ByteBuf;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an embeddings request; it has no output that is billed. */
final class OpenAiEmbeddingsAsk extends OpenAiAsk {

    private static final Set<String> METERED = Set.of("model", "input", "service_tier");

    private final Texts inputs = new Texts(this);

    OpenAiEmbeddingsAsk(ByteBuf body, @Nullable String contentType, Address address, Quirks quirks) {
        super(body, contentType, address, quirks, METERED, Set.of());
    }

    @Override
    void own(String name) {
        if (name.equals("input")) {
            inputs.read(name);
        } else {
            walk(name);
        }
    }

    @Override
    void object(String key, @Nullable String type) {
        unbounded(key + ": " + type + ", whose tokens cannot be told beforehand");
    }

    @Override
    OptionalLong outputLimit() {
        return OptionalLong.of(0);
    }

    @Override
    BodyEdit edit() {
        return BodyEdit.NONE;
    }
}
