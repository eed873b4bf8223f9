package io.rateguard.domain.letter;

import io.rateguard.domain.key.Secret;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A letter with a link that works once. It waits sealed for the alerts service, and is forgotten once it is sent. */
public sealed interface Letter {

    /** Whoever has it may do what the letter offers. */
    Secret secret();

    /** Until when the link works. */
    Instant until();

    /** Where the link leads, below the console's own address. */
    String path();

    String json();

    /** @throws IllegalArgumentException when it is none that this version knows */
    static Letter read(String json) {
        JsonNode letter = JsonMapper.shared().readTree(json);
        Secret secret = Secret.parse(letter.path("secret").asString())
                .orElseThrow(() -> new IllegalArgumentException("letter: no secret"));
        Instant until = Instant.parse(letter.path("until").asString());
        String type = letter.path("type").asString();
        return switch (type) {
            case Invitation.TYPE ->
                new Invitation(
                        letter.path("workspace").asString(),
                        letter.path("by").asString(),
                        letter.path("role").asString(),
                        secret,
                        until);
            case PasswordReset.TYPE -> new PasswordReset(secret, until);
            default ->
                throw new IllegalArgumentException(
                        "letter: " + type + " (expected: " + Invitation.TYPE + " or " + PasswordReset.TYPE + ")");
        };
    }

    private static ObjectNode node(String type, Letter letter) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", type)
                .put("secret", letter.secret().reveal())
                .put("until", letter.until().toString());
    }

    /**
     * To come into a workspace.
     *
     * @param workspace its name
     * @param by who invites, as people know them
     */
    record Invitation(String workspace, String by, String role, Secret secret, Instant until) implements Letter {

        public static final String PATH = "join";

        private static final String TYPE = "invitation";

        @Override
        public String path() {
            return PATH + "/" + secret.reveal();
        }

        @Override
        public String json() {
            return node(TYPE, this)
                    .put("workspace", workspace)
                    .put("by", by)
                    .put("role", role)
                    .toString();
        }
    }

    /** To choose a new password. */
    record PasswordReset(Secret secret, Instant until) implements Letter {

        public static final String PATH = "reset";

        private static final String TYPE = "password-reset";

        @Override
        public String path() {
            return PATH + "/" + secret.reveal();
        }

        @Override
        public String json() {
            return node(TYPE, this).toString();
        }
    }
}
