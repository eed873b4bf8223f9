package io.rateguard.console.rest;

import io.rateguard.console.problem.Problem;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Bodies that name a part of a resource's fields. */
@Component
public class Patches {

    private final JsonMapper json;

    Patches(JsonMapper json) {
        this.json = json;
    }

    /** What there is, but for what the body names; an object takes the place of an object as a whole. */
    public <T> T applied(JsonNode body, T present, Class<T> type) {
        if (!(body instanceof ObjectNode changes)) {
            throw Problem.invalid("body: not of the right type (expected: an object)");
        }
        ObjectNode whole = json.valueToTree(present);
        whole.setAll(changes);
        try {
            return json.treeToValue(whole, type);
        } catch (JacksonException wrong) {
            throw UnreadableBody.problem(wrong);
        }
    }
}
