package io.rateguard.demo;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /v1/responses}, whole, streamed or in the background, and {@code GET /v1/responses/{id}}, which shows what
 * was made, with the usage it had.
 */
final class OpenAiResponses {

    static final String PATH = "/v1/responses";

    private static final int BEFORE_WORDS = 3;
    private static final int AFTER_WORDS = 2;

    private final Shelf made = new Shelf("resp_demo_");

    Reply create(JsonNode request, Behaviour behaviour) {
        String model = Json.text(request, "model", "");
        if (model.isEmpty()) {
            throw new Rejected(400, "model: missing (expected: the name of a model)", "model");
        }
        long max = Json.number(request, "max_output_tokens", 1, Long.MAX_VALUE);
        Usage usage = Usage.cacheWithinInput(behaviour, Prompt.ofInput(request).tokens(), max);
        int words = Prose.words(usage.visible());
        ObjectNode response = made.add("response", response(model, usage, Prose.text(words), behaviour));
        if (Json.flag(request, "background")) {
            return Reply.json(Json.bytes(begun(response, "queued").put("background", true)));
        }
        if (!Json.flag(request, "stream")) {
            return Reply.json(Json.bytes(response));
        }
        int pieces = (int) behaviour.get(Knob.CHUNKS, words);
        return Reply.events(
                BEFORE_WORDS + pieces + AFTER_WORDS, index -> event(response, index, pieces, behaviour.lineBreak()));
    }

    Reply find(String id) {
        return Reply.json(Json.bytes(
                made.find(id).orElseThrow(() -> new Rejected(404, "Response with id '" + id + "' not found."))));
    }

    private static ObjectNode response(String model, Usage usage, String text, Behaviour behaviour) {
        ObjectNode response = Json.newObject();
        response.put("created_at", System.currentTimeMillis() / 1000);
        response.put("status", usage.limited() ? "incomplete" : "completed").putNull("error");
        response.set("incomplete_details", usage.limited() ? cutShort() : null);
        response.putNull("instructions").putNull("metadata").put("model", model).put("parallel_tool_calls", true);
        response.put("temperature", 1.0)
                .put("tool_choice", "auto")
                .put("top_p", 1.0)
                .put("service_tier", "default");
        response.putArray("tools");
        ObjectNode message = response.putArray("output").addObject();
        message.put("type", "message")
                .put("id", "msg_demo")
                .put("status", "completed")
                .put("role", "assistant");
        ObjectNode part = message.putArray("content").addObject();
        part.put("type", "output_text").put("text", text).putArray("annotations");
        response.set("usage", behaviour.is(Knob.NO_USAGE) ? null : figures(usage));
        return response;
    }

    private static ObjectNode cutShort() {
        return Json.newObject().put("reason", "max_output_tokens");
    }

    private static ObjectNode figures(Usage usage) {
        ObjectNode figures = Json.newObject();
        figures.put("input_tokens", usage.input()).put("output_tokens", usage.output());
        figures.put("total_tokens", usage.input() + usage.output());
        figures.putObject("input_tokens_details")
                .put("cached_tokens", usage.cached())
                .put("cache_write_tokens", 0);
        figures.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoning());
        return figures;
    }

    private static ObjectNode begun(ObjectNode response, String status) {
        ObjectNode begun = response.deepCopy();
        begun.put("status", status)
                .putNull("usage")
                .putNull("incomplete_details")
                .putArray("output");
        return begun;
    }

    private static byte[] event(ObjectNode response, int index, int words, String lineBreak) {
        JsonNode message = response.path("output").path(0);
        ObjectNode event = Json.newObject();
        int word = index - BEFORE_WORDS;
        if (word >= 0 && word < words) {
            place(event, "response.output_text.delta")
                    .put("delta", new String(Prose.word(word), StandardCharsets.UTF_8))
                    .putArray("logprobs");
        } else {
            switch (word < 0 ? index : index - words) {
                case 0 -> event.put("type", "response.created").set("response", begun(response, "in_progress"));
                case 1 ->
                    event.put("type", "response.output_item.added")
                            .put("output_index", 0)
                            .set("item", message);
                case 2 ->
                    place(event, "response.content_part.added")
                            .set("part", message.path("content").path(0));
                case 3 ->
                    event.put("type", "response.output_item.done")
                            .put("output_index", 0)
                            .set("item", message);
                case 4 ->
                    event.put("type", "response." + response.path("status").stringValue())
                            .set("response", response);
                default -> throw new IndexOutOfBoundsException(index);
            }
        }
        event.put("sequence_number", index);
        return Json.bytes("event: " + event.path("type").stringValue() + lineBreak + "data: "
                + new String(Json.bytes(event), StandardCharsets.UTF_8) + lineBreak + lineBreak);
    }

    private static ObjectNode place(ObjectNode event, String type) {
        return event.put("type", type)
                .put("item_id", "msg_demo")
                .put("output_index", 0)
                .put("content_index", 0);
    }
}
