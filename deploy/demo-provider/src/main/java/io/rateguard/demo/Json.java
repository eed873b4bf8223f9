package io.rateguard.demo;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads bodies into trees; writes small answers as text, quoting what came from outside. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /** What the mapper finds out once, it finds out under a lock: before there are event loops to wait for it. */
    static void prepare() {
        bytes(object(bytes("{}")));
    }

    /** The body as an object; anything else is the caller's mistake. */
    static ObjectNode object(byte[] body) {
        JsonNode node;
        try {
            node = MAPPER.readTree(body);
        } catch (JacksonException malformed) {
            throw new Rejected(400, "The body is not valid JSON: " + malformed.getOriginalMessage());
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new Rejected(400, "The body is not a JSON object");
    }

    static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }

    /** The text at a field, or else the other if it is absent or null; another type is the caller's mistake. */
    static String text(JsonNode object, String field, String otherwise) {
        JsonNode node = object.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isString()) {
            throw new Rejected(400, field + ": " + node + " (expected: a string)", field);
        }
        return node.stringValue();
    }

    /** The whole number at a field, or else the other if it is absent or null. */
    static long number(JsonNode object, String field, long min, long otherwise) {
        JsonNode node = object.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < min) {
            throw new Rejected(400, field + ": " + node + " (expected: a whole number, " + min + " or more)", field);
        }
        return node.longValue();
    }

    static boolean flag(JsonNode object, String field) {
        JsonNode node = object.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return false;
        }
        if (!node.isBoolean()) {
            throw new Rejected(400, field + ": " + node + " (expected: true or false)", field);
        }
        return node.booleanValue();
    }
}
