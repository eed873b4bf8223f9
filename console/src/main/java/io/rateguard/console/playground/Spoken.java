package io.rateguard.console.playground;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a model says in a reply, in the languages of OpenAI, Anthropic and Gemini; in other replies nobody speaks. */
public final class Spoken {

    private static final String DATA = "data:";

    private final boolean isStream;
    private final StringBuilder heard = new StringBuilder();

    /** @param isStream whether the reply is a stream of events */
    public Spoken(boolean isStream) {
        this.isStream = isStream;
    }

    /** Takes the next part of the reply, and answers what has been said with it. */
    public String hear(String part) {
        heard.append(part);
        if (!isStream) {
            return "";
        }
        StringBuilder said = new StringBuilder();
        int begin = 0;
        for (int end = heard.indexOf("\n"); end >= 0; end = heard.indexOf("\n", begin)) {
            String line = heard.substring(begin, end).strip();
            if (line.startsWith(DATA)) {
                said.append(said(line.substring(DATA.length())));
            }
            begin = end + 1;
        }
        heard.delete(0, begin);
        return said.toString();
    }

    /** What is known to have been said once the reply is at its end. */
    public String end() {
        return isStream ? "" : said(heard.toString());
    }

    private static String said(String json) {
        try {
            return String.join("", texts(JsonMapper.shared().readTree(json)));
        } catch (JacksonException notJson) {
            return "";
        }
    }

    private static List<String> texts(JsonNode reply) {
        List<String> texts = new ArrayList<>();
        for (JsonNode choice : reply.path("choices")) {
            add(texts, choice.path("delta").path("content"));
            add(texts, choice.path("message").path("content"));
        }
        for (JsonNode candidate : reply.path("candidates")) {
            for (JsonNode part : candidate.path("content").path("parts")) {
                add(texts, part.path("text"));
            }
        }
        for (JsonNode block : reply.path("content")) {
            add(texts, block.path("text"));
        }
        add(texts, reply.path("delta"));
        add(texts, reply.path("delta").path("text"));
        return texts;
    }

    private static void add(List<String> texts, JsonNode text) {
        if (text.isString()) {
            texts.add(text.asString());
        }
    }
}
