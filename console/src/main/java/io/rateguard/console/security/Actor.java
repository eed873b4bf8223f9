package io.rateguard.console.security;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tells the database, as JSON, in whose name and from which address a transaction changes what it changes. */
@Component
class Actor {

    private final CurrentCaller callers;
    private final JsonMapper json;

    Actor(CurrentCaller callers, JsonMapper json) {
        this.callers = callers;
        this.json = json;
    }

    String json() {
        return callers.find().map(this::json).orElseGet(() -> located(actor("system", null, "console")));
    }

    String json(Caller caller) {
        return located(
                switch (caller) {
                    case Caller.Person person -> actor("person", person.user().value(), person.email());
                    case Caller.Token token -> actor("token", token.id(), token.name());
                });
    }

    private String located(ObjectNode actor) {
        return actor.put("address", callers.address().orElse(null)).toString();
    }

    private ObjectNode actor(String type, @Nullable UUID id, String name) {
        return json.createObjectNode()
                .put("type", type)
                .put("id", id == null ? null : id.toString())
                .put("name", name);
    }
}
