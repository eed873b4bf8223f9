package io.rateguard.domain.letter;

import io.rateguard.domain.key.Secret;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A letter to one address. It waits sealed for the alerts service, and is forgotten once it is sent. */
public sealed interface Letter {

    /** Where its button leads, below the console's own address. */
    String path();

    String json();

    /** @throws IllegalArgumentException when it is none that this version knows */
    static Letter read(String json) {
        JsonNode letter = JsonMapper.shared().readTree(json);
        String type = letter.path("type").asString();
        return switch (type) {
            case Invitation.TYPE ->
                new Invitation(
                        letter.path("workspace").asString(),
                        letter.path("by").asString(),
                        letter.path("role").asString(),
                        secret(letter),
                        until(letter));
            case PasswordReset.TYPE -> new PasswordReset(secret(letter), until(letter));
            case SignUp.TYPE -> new SignUp(secret(letter), until(letter));
            case NewAddress.TYPE -> new NewAddress(letter.path("old").asString(), secret(letter), until(letter));
            case KnownAddress.TYPE -> new KnownAddress();
            case AddressChanged.TYPE ->
                new AddressChanged(letter.path("address").asString());
            default ->
                throw new IllegalArgumentException("letter: " + type + " (expected: "
                        + String.join(
                                ", ",
                                Invitation.TYPE,
                                PasswordReset.TYPE,
                                SignUp.TYPE,
                                NewAddress.TYPE,
                                KnownAddress.TYPE)
                        + " or " + AddressChanged.TYPE + ")");
        };
    }

    private static Secret secret(JsonNode letter) {
        return Secret.parse(letter.path("secret").asString())
                .orElseThrow(() -> new IllegalArgumentException("letter: no secret"));
    }

    private static Instant until(JsonNode letter) {
        return Instant.parse(letter.path("until").asString());
    }

    private static ObjectNode node(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private static ObjectNode node(String type, WithLink letter) {
        return node(type)
                .put("secret", letter.secret().reveal())
                .put("until", letter.until().toString());
    }

    /** One whose link works once: whoever has it may do what the letter offers. */
    sealed interface WithLink extends Letter {

        Secret secret();

        /** Until when the link works. */
        Instant until();

        /** The page below which it leads. */
        String page();

        @Override
        default String path() {
            return page() + "/" + secret().reveal();
        }
    }

    /**
     * To come into a workspace.
     *
     * @param workspace its name
     * @param by who invites, as people know them
     */
    record Invitation(String workspace, String by, String role, Secret secret, Instant until) implements WithLink {

        public static final String PATH = "join";

        private static final String TYPE = "invitation";

        @Override
        public String page() {
            return PATH;
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
    record PasswordReset(Secret secret, Instant until) implements WithLink {

        public static final String PATH = "reset";

        private static final String TYPE = "password-reset";

        @Override
        public String page() {
            return PATH;
        }

        @Override
        public String json() {
            return node(TYPE, this).toString();
        }
    }

    /** To open an account with the address that it was sent to. */
    record SignUp(Secret secret, Instant until) implements WithLink {

        public static final String PATH = "welcome";

        private static final String TYPE = "sign-up";

        @Override
        public String page() {
            return PATH;
        }

        @Override
        public String json() {
            return node(TYPE, this).toString();
        }
    }

    /**
     * To give an account the address that it was sent to.
     *
     * @param old the one that it has
     */
    record NewAddress(String old, Secret secret, Instant until) implements WithLink {

        public static final String PATH = "address";

        private static final String TYPE = "new-address";

        @Override
        public String page() {
            return PATH;
        }

        @Override
        public String json() {
            return node(TYPE, this).put("old", old).toString();
        }
    }

    /** To who has an account with the address for which somebody wanted one. */
    record KnownAddress() implements Letter {

        private static final String TYPE = "known-address";

        @Override
        public String path() {
            return "login";
        }

        @Override
        public String json() {
            return node(TYPE).toString();
        }
    }

    /** To the address that an account had before. @param address the one it has now */
    record AddressChanged(String address) implements Letter {

        private static final String TYPE = "address-changed";

        @Override
        public String path() {
            return "login";
        }

        @Override
        public String json() {
            return node(TYPE).put("address", address).toString();
        }
    }
}
