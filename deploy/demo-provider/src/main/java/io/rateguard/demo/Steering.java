package io.rateguard.demo;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Iterator;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Finds what a request asks for in its headers, and for SDK users in its body's {@code metadata}; headers win. */
final class Steering {

    private Steering() {}

    static Behaviour fromHeaders(HttpHeaders headers, Behaviour defaults) {
        Behaviour behaviour = defaults;
        Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            if (isOurs(header.getKey())) {
                behaviour = turn(
                        behaviour, header.getKey().toString(), header.getValue().toString());
            }
        }
        return behaviour;
    }

    static Behaviour fromMetadata(JsonNode body, HttpHeaders headers, Behaviour fromHeaders) {
        JsonNode metadata = body.path("metadata");
        if (!metadata.isObject()) {
            return fromHeaders;
        }
        Behaviour behaviour = fromHeaders;
        for (Map.Entry<String, JsonNode> entry : metadata.properties()) {
            if (isOurs(entry.getKey()) && !headers.contains(entry.getKey())) {
                behaviour = turn(behaviour, entry.getKey(), entry.getValue().asString());
            }
        }
        return behaviour;
    }

    private static boolean isOurs(CharSequence name) {
        return name.length() > Knob.PREFIX.length()
                && (name.charAt(0) | 0x20) == 'x'
                && name.toString().regionMatches(true, 0, Knob.PREFIX, 0, Knob.PREFIX.length());
    }

    private static Behaviour turn(Behaviour behaviour, String name, String value) {
        Knob knob = Knob.ofHeader(name)
                .orElseThrow(() -> new Rejected(400, name + ": unknown (expected one of " + Knob.headers() + ")"));
        try {
            return behaviour.with(knob, value);
        } catch (IllegalArgumentException bad) {
            throw new Rejected(400, String.valueOf(bad.getMessage()));
        }
    }
}
