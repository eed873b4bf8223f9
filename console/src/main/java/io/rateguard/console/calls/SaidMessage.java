package io.rateguard.console.calls;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an error says for people, in whatever language of a provider it is written. */
public final class SaidMessage {

    private static final int MOST_CHARS = 200;
    private static final int LONG_WORD = 24;
    private static final int SHORTEST_SECRET = 8;

    private SaidMessage() {}

    /** Its sentence in one line; nothing where it is not JSON, or says none. */
    public static Optional<String> in(String body) {
        try {
            JsonNode json = JsonMapper.shared().readTree(body);
            for (String name : List.of("message", "detail", "error")) {
                JsonNode said = json.findValue(name);
                if (said != null && said.isString()) {
                    return Optional.of(
                            said.asString().replaceAll("[\\p{Cntrl}\\s]+", " ").strip());
                }
            }
            return Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /** Some providers repeat a part of the secret that they do not accept: what may be one is left out. */
    public static String excerpt(String sentence) {
        String shown = Arrays.stream(sentence.split(" "))
                .map(word -> mayBeSecret(word) ? "…" : word)
                .collect(Collectors.joining(" "));
        return shown.length() <= MOST_CHARS ? shown : shown.substring(0, MOST_CHARS) + "…";
    }

    private static boolean mayBeSecret(String word) {
        return word.length() >= LONG_WORD
                || word.length() >= SHORTEST_SECRET && word.chars().anyMatch(it -> it == '*' || Character.isDigit(it));
    }
}
