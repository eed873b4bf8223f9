package io.rateguard.console.rest;

import io.rateguard.console.problem.Problem;
import java.util.List;
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

    /**
     * What there is, but for what the body names; null stands for what a new one has that says nothing of it.
     *
     * @param inPart the objects of which a body may name a part; any other takes the place of what there was as a whole
     */
    public <T> T applied(JsonNode body, T present, Class<T> type, String... inPart) {
        if (!(body instanceof ObjectNode changes)) {
            throw Problem.invalid("body: not of the right type (expected: an object)");
        }
        ObjectNode whole = json.valueToTree(present);
        List<String> merged = List.of(inPart);
        changes.properties().forEach(change -> {
            String field = change.getKey();
            if (merged.contains(field)
                    && whole.get(field) instanceof ObjectNode before
                    && change.getValue() instanceof ObjectNode part) {
                before.setAll(part);
            } else {
                whole.set(field, change.getValue());
            }
        });
        try {
            return json.treeToValue(whole, type);
        } catch (JacksonException wrong) {
            throw UnreadableBody.problem(wrong);
        }
    }
}
