package io.rateguard.demo;

import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** {@code POST /v1/messages}, whole or streamed, and {@code POST /v1/messages/count_tokens}. */
final class AnthropicMessages {

    private static final long UNGIVEN = -1;

    private final AtomicLong answers = new AtomicLong();

    Reply answer(JsonNode request, Behaviour behaviour) {
        String model = model(request);
        long max = Json.number(request, "max_tokens", 1, UNGIVEN);
        if (max == UNGIVEN) {
            throw new Rejected(400, "max_tokens: Field required", "max_tokens");
        }
        Usage usage = Usage.cacheBesideInput(behaviour, Prompt.of(request).tokens(), max);
        String head = "{\"id\":\"msg_demo_" + answers.incrementAndGet()
                + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":" + Json.quoted(model);
        return Json.flag(request, "stream") ? streamed(head, usage, behaviour) : whole(head, usage, behaviour);
    }

    Reply count(JsonNode request, Behaviour behaviour) {
        model(request);
        long tokens = behaviour.get(Knob.INPUT_TOKENS, Prompt.of(request).tokens());
        return Reply.json(Json.bytes("{\"input_tokens\":" + tokens + "}"));
    }

    private static String model(JsonNode request) {
        String model = Json.text(request, "model", "");
        if (model.isEmpty()) {
            throw new Rejected(400, "model: Field required", "model");
        }
        return model;
    }

    private static Reply whole(String head, Usage usage, Behaviour behaviour) {
        String text = '"' + Prose.text(Prose.words(usage.visible())) + '"';
        String figures = behaviour.is(Knob.NO_USAGE) ? "" : ",\"usage\":" + figures(usage, usage.output());
        return Reply.json(Json.bytes(head + ",\"content\":[{\"type\":\"text\",\"text\":" + text
                + "}],\"stop_reason\":\"" + stopReason(usage) + "\",\"stop_sequence\":null" + figures + "}"));
    }

    private static Reply streamed(String head, Usage usage, Behaviour behaviour) {
        boolean silent = behaviour.is(Knob.NO_USAGE);
        String begun = head + ",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null"
                + (silent ? "" : ",\"usage\":" + figures(usage, Math.min(1, usage.output()))) + "}";
        String ended = "{\"stop_reason\":\"" + stopReason(usage) + "\",\"stop_sequence\":null}"
                + (silent ? "" : ",\"usage\":" + cumulative(usage));
        int words = (int) behaviour.get(Knob.CHUNKS, Prose.words(usage.visible()));
        MessageEvents events = new MessageEvents(begun, words, ended, behaviour.lineBreak());
        return Reply.events(events.count(), events::event);
    }

    private static String stopReason(Usage usage) {
        return usage.limited() ? "max_tokens" : "end_turn";
    }

    private static String figures(Usage usage, long output) {
        return "{" + input(usage)
                + ",\"cache_creation\":{\"ephemeral_5m_input_tokens\":" + usage.write5m()
                + ",\"ephemeral_1h_input_tokens\":" + usage.write1h()
                + "},\"output_tokens\":" + output
                + serverTools(usage)
                + ",\"service_tier\":\"standard\"}";
    }

    private static String cumulative(Usage usage) {
        return "{" + input(usage) + ",\"output_tokens\":" + usage.output() + serverTools(usage) + "}";
    }

    private static String input(Usage usage) {
        return "\"input_tokens\":" + usage.input()
                + ",\"cache_creation_input_tokens\":" + (usage.write5m() + usage.write1h())
                + ",\"cache_read_input_tokens\":" + usage.cached();
    }

    private static String serverTools(Usage usage) {
        return ",\"server_tool_use\":{\"web_search_requests\":" + usage.webSearches() + ",\"web_fetch_requests\":0}";
    }
}
