package io.rateguard.demo;

import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** {@code POST /v1/chat/completions}, whole or streamed, and {@code GET /v1/models}. */
final class OpenAiChat {

    private static final long MOST_CHOICES = 128;
    private static final byte[] MODELS = Json.bytes("""
            {"object":"list","data":[\
            {"id":"demo-small","object":"model","created":1735689600,"owned_by":"rateguard"},\
            {"id":"demo-large","object":"model","created":1735689600,"owned_by":"rateguard"},\
            {"id":"gpt-4o-mini","object":"model","created":1735689600,"owned_by":"rateguard"},\
            {"id":"claude-sonnet-4-5","object":"model","created":1735689600,"owned_by":"rateguard"}]}""");

    private final AtomicLong answers = new AtomicLong();

    Reply models() {
        return Reply.json(MODELS);
    }

    Reply complete(JsonNode request, Behaviour behaviour) {
        String model = Json.text(request, "model", "");
        if (model.isEmpty()) {
            throw new Rejected(400, "model: missing (expected: the name of a model)", "model");
        }
        long choices = Json.number(request, "n", 1, 1);
        if (choices > MOST_CHOICES) {
            throw new Rejected(400, "n: " + choices + " (expected: 1 to " + MOST_CHOICES + ")", "n");
        }
        long legacyMax = Json.number(request, "max_tokens", 1, Long.MAX_VALUE);
        long max = Json.number(request, "max_completion_tokens", 1, legacyMax);
        Usage usage = Usage.cacheWithinInput(behaviour, Prompt.of(request).tokens(), max);
        String head = head(model, tier(request));
        return Json.flag(request, "stream")
                ? streamed(
                        head,
                        usage,
                        (int) choices,
                        Json.flag(request.path("stream_options"), "include_usage"),
                        behaviour)
                : whole(head, usage, (int) choices, behaviour);
    }

    /** What whole answers and chunks share, but for the object's type. */
    private String head(String model, String tier) {
        return "{\"id\":\"chatcmpl-demo-" + answers.incrementAndGet() + "\",\"created\":"
                + System.currentTimeMillis() / 1000 + ",\"model\":" + Json.quoted(model) + ",\"service_tier\":"
                + Json.quoted(tier) + ",\"system_fingerprint\":\"fp_demo\"";
    }

    private static String tier(JsonNode request) {
        String asked = Json.text(request, "service_tier", "auto");
        return asked.equals("auto") ? "default" : asked;
    }

    private static Reply whole(String head, Usage usage, int choices, Behaviour behaviour) {
        String text = '"' + Prose.text(Prose.words(usage.visible())) + '"';
        StringBuilder json = new StringBuilder(head).append(",\"object\":\"chat.completion\",\"choices\":[");
        for (int choice = 0; choice < choices; choice++) {
            json.append(choice == 0 ? "" : ",")
                    .append("{\"index\":")
                    .append(choice)
                    .append(",\"message\":{\"role\":\"assistant\",\"content\":")
                    .append(text)
                    .append(",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,\"finish_reason\":\"")
                    .append(finish(usage))
                    .append("\"}");
        }
        json.append(']');
        if (!behaviour.is(Knob.NO_USAGE)) {
            json.append(",\"usage\":").append(figures(usage, choices));
        }
        return Reply.json(Json.bytes(json.append('}').toString()));
    }

    private static Reply streamed(String head, Usage usage, int choices, boolean usageAsked, Behaviour behaviour) {
        int words = (int) behaviour.get(Knob.CHUNKS, Prose.words(usage.visible()));
        String figures = usageAsked && !behaviour.is(Knob.NO_USAGE) ? figures(usage, choices) : "";
        ChatChunks chunks = new ChatChunks(head, choices, words, finish(usage), figures, behaviour.lineBreak());
        return Reply.events(chunks.count(), chunks::chunk);
    }

    private static String finish(Usage usage) {
        return usage.limited() ? "length" : "stop";
    }

    private static String figures(Usage usage, int choices) {
        long output = usage.output() * choices;
        return "{\"prompt_tokens\":" + usage.input()
                + ",\"completion_tokens\":" + output
                + ",\"total_tokens\":" + (usage.input() + output)
                + ",\"prompt_tokens_details\":{\"cached_tokens\":" + usage.cached()
                + ",\"audio_tokens\":" + usage.audioInput()
                + "},\"completion_tokens_details\":{\"reasoning_tokens\":" + usage.reasoning() * choices
                + ",\"audio_tokens\":" + usage.audioOutput() * choices
                + ",\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}}";
    }
}
