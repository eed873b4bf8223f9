package io.rateguard.demo;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** Counts the tokens of what was asked: a quarter of the texts' UTF-8 bytes, rounded up, and three per message. */
final class Prompt {

    private static final int TOKENS_PER_MESSAGE = 3;

    private long bytes;
    private long messages;

    /** Reads {@code messages}, which must be there, and Anthropic's {@code system} as one more message. */
    static Prompt of(JsonNode request) {
        JsonNode list = request.path("messages");
        if (!list.isArray() || list.isEmpty()) {
            throw new Rejected(400, "messages: " + list + " (expected: a list of at least one message)", "messages");
        }
        Prompt prompt = new Prompt();
        JsonNode system = request.path("system");
        if (!system.isMissingNode() && !system.isNull()) {
            prompt.addMessage(system);
        }
        list.forEach(message -> prompt.addMessage(message.path("content")));
        return prompt;
    }

    /** Reads {@code input}, a text or a list of texts or messages, and {@code instructions} as one more message. */
    static Prompt ofInput(JsonNode request) {
        JsonNode input = request.path("input");
        if (!input.isString() && (!input.isArray() || input.isEmpty())) {
            throw new Rejected(400, "input: " + input + " (expected: a text, or a list of at least one)", "input");
        }
        Prompt prompt = new Prompt();
        if (request.path("instructions").isString()) {
            prompt.addMessage(request.path("instructions"));
        }
        if (input.isString()) {
            prompt.addMessage(input);
        } else {
            input.forEach(item -> prompt.addMessage(item.isObject() ? item.path("content") : item));
        }
        return prompt;
    }

    /** Reads Gemini's {@code contents}. */
    static Prompt ofContents(JsonNode request) {
        JsonNode contents = request.path("contents");
        if (!contents.isArray() || contents.isEmpty()) {
            throw new Rejected(400, "contents: " + contents + " (expected: a list of at least one)", "contents");
        }
        Prompt prompt = new Prompt();
        contents.forEach(content -> prompt.addMessage(content.path("parts")));
        return prompt;
    }

    long tokens() {
        return Math.ceilDiv(bytes, Prose.BYTES_PER_TOKEN) + messages * TOKENS_PER_MESSAGE;
    }

    private void addMessage(JsonNode content) {
        messages++;
        addText(content);
    }

    private void addText(JsonNode content) {
        if (content.isString()) {
            bytes += content.stringValue().getBytes(StandardCharsets.UTF_8).length;
        } else if (content.isArray()) {
            content.forEach(part -> addText(part.path("text")));
        }
    }
}
