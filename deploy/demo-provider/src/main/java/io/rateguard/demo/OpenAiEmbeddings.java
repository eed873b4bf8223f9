package io.rateguard.demo;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/embeddings}: the same short vector for each text. */
final class OpenAiEmbeddings {

    static final String PATH = "/v1/embeddings";

    private static final float[] VECTOR = {0.25f, -0.5f, 0.75f};

    private OpenAiEmbeddings() {}

    static Reply create(JsonNode request, Behaviour behaviour) {
        String model = Json.text(request, "model", "");
        if (model.isEmpty()) {
            throw new Rejected(400, "model: missing (expected: the name of a model)", "model");
        }
        long tokens = behaviour.get(Knob.INPUT_TOKENS, Prompt.ofInput(request).tokens());
        JsonNode input = request.path("input");
        ObjectNode reply = Json.newObject().put("object", "list").put("model", model);
        ArrayNode data = reply.putArray("data");
        for (int text = 0; text < (input.isArray() ? input.size() : 1); text++) {
            ArrayNode vector = data.addObject()
                    .put("object", "embedding")
                    .put("index", text)
                    .putArray("embedding");
            for (float value : VECTOR) {
                vector.add(value);
            }
        }
        if (!behaviour.is(Knob.NO_USAGE)) {
            reply.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        }
        return Reply.json(Json.bytes(reply));
    }
}
