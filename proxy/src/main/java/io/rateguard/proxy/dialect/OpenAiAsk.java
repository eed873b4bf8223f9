package io.rateguard.proxy.dialect;

import io.netty.buffer.ByteBuf;
import io.rateguard.proxy.dialect.BodyEdit.Splice;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** What the requests of all of OpenAI's endpoints have in common. */
abstract class OpenAiAsk extends AskReader {

    private static final Set<String> CALLER_TOOLS = Set.of("function", "custom");

    private static final int PER_REQUEST = 128;
    private static final int PER_TOOL = 32;
    static final int ESTIMATE_PER_MESSAGE = 4;
    static final int ESTIMATE_PER_MEDIA = 1000;

    private final Address address;
    private final Quirks quirks;
    private @Nullable Splice usageOption;
    private boolean usageAsked;

    OpenAiAsk(
            ByteBuf body,
            @Nullable String contentType,
            Address address,
            Quirks quirks,
            Set<String> meteredFields,
            Set<String> structuredFields) {
        super(body, contentType, address, quirks, meteredFields, structuredFields);
        this.address = address;
        this.quirks = quirks;
        weight().overhead(PER_REQUEST, ESTIMATE_PER_MESSAGE);
    }

    @Override
    final void field(String name) {
        switch (name) {
            case "model" -> readModel();
            case "stream" -> readStream();
            case "stream_options" -> streamOptions();
            case "service_tier" -> readServiceTier(name);
            case "user", "safety_identifier" -> readEndUser(name);
            case "previous_response_id", "conversation" -> refers(name, STORED);
            case "web_search_options", "search_parameters", "data_sources" -> refers(name, PROVIDER_TOOL);
            default -> own(name);
        }
    }

    /** Reads a field that not all endpoints share. */
    abstract void own(String name);

    /** Reads a flag that asks for an answer to be fetched later. */
    final void later(String name) {
        if (readBoolean(name)) {
            unbounded(name + ": the reply comes before its usage is known");
        }
    }

    final void tool(@Nullable String type) {
        weight().overhead(PER_TOOL, ESTIMATE_PER_MESSAGE);
        if (type == null || !CALLER_TOOLS.contains(type)) {
            unbounded("tools: " + type + ", " + PROVIDER_TOOL);
        }
    }

    @Override
    BodyEdit edit() {
        if (!stream() || usageAsked || !quirks.asksForUsage(address)) {
            return BodyEdit.NONE;
        }
        Splice splice = usageOption != null
                ? usageOption
                : new Splice(objectOffset() + 1, 0, "\"stream_options\":{\"include_usage\":true},");
        return new BodyEdit(List.of(splice), true);
    }

    private void streamOptions() {
        if (isNull()) {
            usageOption = new Splice(tokenOffset(), "null".length(), "{\"include_usage\":true}");
            return;
        }
        if (in().currentToken() != JsonToken.START_OBJECT) {
            throw invalid("stream_options", "an object");
        }
        int inside = tokenOffset() + 1;
        boolean empty = true;
        Splice given = null;
        while (in().nextToken() != JsonToken.END_OBJECT) {
            empty = false;
            String name = in().currentName();
            in().nextToken();
            if (!name.equals("include_usage")) {
                in().skipChildren();
                continue;
            }
            if (given != null) {
                throw new InvalidRequest(
                        "duplicate_field", "stream_options.include_usage: given twice (expected: once)");
            }
            usageAsked = readBoolean("stream_options.include_usage");
            given = new Splice(tokenOffset(), in().getString().length(), "true");
        }
        usageOption = given != null
                ? given
                : new Splice(inside, 0, empty ? "\"include_usage\":true" : "\"include_usage\":true,");
    }
}
