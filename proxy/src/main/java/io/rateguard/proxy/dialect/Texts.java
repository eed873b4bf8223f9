package io.rateguard.proxy.dialect;

import tools.jackson.core.JsonToken;

/** A text, a list of texts, the tokens of one text, or a list of those. */
final class Texts {

    private static final int PER_TEXT = 16;

    private final AskReader reader;
    private long count;

    Texts(AskReader reader) {
        this.reader = reader;
    }

    /** Reads the value at which the parser stands. */
    void read(String name) {
        JsonToken token = reader.in().currentToken();
        if (token != JsonToken.START_ARRAY) {
            count = 1;
            text(name, token);
            return;
        }
        boolean ids = false;
        for (token = reader.in().nextToken();
                token != JsonToken.END_ARRAY;
                token = reader.in().nextToken()) {
            ids |= token == JsonToken.VALUE_NUMBER_INT;
            count++;
            text(name, token);
        }
        count = ids ? 1 : count;
    }

    /** At least one. */
    long count() {
        return Math.max(1, count);
    }

    private void text(String name, JsonToken token) {
        switch (token) {
            case VALUE_NUMBER_INT -> id();
            case START_ARRAY -> {
                reader.weight().overhead(PER_TEXT, 0);
                while (reader.in().nextToken() != JsonToken.END_ARRAY) {
                    text(name, reader.in().currentToken());
                }
            }
            default -> {
                reader.weight().overhead(PER_TEXT, 0);
                reader.walk(name);
            }
        }
    }

    private void id() {
        reader.weight().overhead(1, 1);
    }
}
