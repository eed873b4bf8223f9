package io.rateguard.demo;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /v1beta/models/{model}:generateContent}, {@code :streamGenerateContent} (events with {@code alt=sse}, else one
 * array) and {@code :countTokens}.
 */
final class Gemini {

    static final String ROOT = "/v1beta/models/";

    private static final Pattern CALL = Pattern.compile("/v1beta/models/([^/:]+):([A-Za-z]+)");

    private Gemini() {}

    static Reply answer(Call call, JsonNode request, Behaviour behaviour) {
        Matcher asked = CALL.matcher(call.path());
        if (!asked.matches()) {
            throw Rejected.unknownPath(call.method(), call.path());
        }
        long counted = Prompt.ofContents(request).tokens();
        String model = asked.group(1);
        return switch (asked.group(2)) {
            case "generateContent" ->
                Reply.json(Json.bytes(whole(model, usage(request, counted, behaviour), behaviour)));
            case "streamGenerateContent" ->
                streamed(
                        model,
                        usage(request, counted, behaviour),
                        behaviour,
                        call.query().contains("alt=sse"));
            case "countTokens" -> Reply.json(Json.bytes("{\"totalTokens\":" + counted + "}"));
            default -> throw Rejected.unknownPath(call.method(), call.path());
        };
    }

    private static Usage usage(JsonNode request, long counted, Behaviour behaviour) {
        long max = Json.number(request.path("generationConfig"), "maxOutputTokens", 1, Long.MAX_VALUE);
        return Usage.cacheWithinInput(behaviour, counted, max);
    }

    private static ObjectNode whole(String model, Usage usage, Behaviour behaviour) {
        return part(model, usage, Prose.text(Prose.words(usage.visible())), true, behaviour);
    }

    private static Reply streamed(String model, Usage usage, Behaviour behaviour, boolean events) {
        int words = (int) behaviour.get(Knob.CHUNKS, Math.max(1, Prose.words(usage.visible())));
        if (events) {
            return Reply.events(
                    words,
                    index -> Json.bytes("data: " + text(model, usage, index, words, behaviour)
                            + behaviour.lineBreak()
                            + behaviour.lineBreak()));
        }
        return Reply.pieces(
                words,
                index -> Json.bytes((index == 0 ? "[" : ",\r\n")
                        + text(model, usage, index, words, behaviour)
                        + (index == words - 1 ? "\n]" : "")));
    }

    private static String text(String model, Usage usage, int index, int words, Behaviour behaviour) {
        String word = new String(Prose.word(index), StandardCharsets.UTF_8);
        return new String(Json.bytes(part(model, usage, word, index == words - 1, behaviour)), StandardCharsets.UTF_8);
    }

    /** Each part counts all so far: before the last one, the input only. */
    private static ObjectNode part(String model, Usage usage, String text, boolean last, Behaviour behaviour) {
        ObjectNode part = Json.newObject();
        ObjectNode candidate = part.putArray("candidates").addObject().put("index", 0);
        candidate
                .putObject("content")
                .put("role", "model")
                .putArray("parts")
                .addObject()
                .put("text", text);
        if (last) {
            candidate.put("finishReason", usage.limited() ? "MAX_TOKENS" : "STOP");
        }
        if (!behaviour.is(Knob.NO_USAGE)) {
            ObjectNode figures = part.putObject("usageMetadata").put("promptTokenCount", usage.input());
            if (usage.cached() > 0) {
                figures.put("cachedContentTokenCount", usage.cached());
            }
            if (last) {
                figures.put("candidatesTokenCount", usage.output() - usage.reasoning());
                figures.put("thoughtsTokenCount", usage.reasoning());
            }
            figures.put("totalTokenCount", usage.input() + (last ? usage.output() : 0));
        }
        return part.put("modelVersion", model).put("responseId", "demo");
    }
}
