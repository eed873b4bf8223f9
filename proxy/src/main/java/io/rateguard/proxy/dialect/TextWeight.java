package io.rateguard.proxy.dialect;

import tools.jackson.core.JsonParser;

/**
 * Weighs the text of a request. A token is at least one byte of what the model sees, so bytes bound tokens from above;
 * what providers write out anew for the model (tool schemas, calls) is weighed as its most verbose JSON.
 */
final class TextWeight {

    private static final int PER_CONTAINER = 4;
    private static final int PER_STRING = 4;

    private long textBytes;
    private long atMost;
    private long estimateBytes;
    private long estimateExtra;
    private long utf8;
    private long escapes;

    /** Tokens that come on top of any text. */
    void overhead(int tokensAtMost, int tokensEstimate) {
        atMost += tokensAtMost;
        estimateExtra += tokensEstimate;
    }

    /**
     * Weighs the token at which the parser stands.
     *
     * @param structured whether the provider may write it out anew
     * @param encodedMedia whether a string is no text
     */
    void add(JsonParser in, boolean structured, boolean encodedMedia) {
        switch (in.currentToken()) {
            case VALUE_STRING -> {
                measure(in);
                textBytes += utf8;
                atMost += utf8 + PER_STRING + (structured ? escapes : 0);
                estimateBytes += encodedMedia ? 0 : utf8;
            }
            case PROPERTY_NAME -> {
                measure(in);
                atMost += utf8 + PER_STRING + (structured ? escapes : 0);
                estimateBytes += structured ? utf8 : 0;
            }
            case START_OBJECT, START_ARRAY -> atMost += PER_CONTAINER;
            case END_OBJECT, END_ARRAY -> {}
            default -> atMost += in.getStringLength() + PER_STRING;
        }
    }

    /** Its bytes in UTF-8, and how many more they become as ASCII with escapes. */
    private void measure(JsonParser in) {
        char[] chars = in.getStringCharacters();
        int from = in.getStringOffset();
        int to = from + in.getStringLength();
        utf8 = 0;
        escapes = 0;
        for (int i = from; i < to; i++) {
            char c = chars[i];
            if (c < 0x80) {
                utf8++;
                escapes += c < ' ' ? 5 : c == '"' || c == '\\' ? 1 : 0;
            } else if (c < 0x800) {
                utf8 += 2;
                escapes += 4;
            } else if (Character.isHighSurrogate(c) && i + 1 < to && Character.isLowSurrogate(chars[i + 1])) {
                utf8 += 4;
                escapes += 8;
                i++;
            } else {
                utf8 += 3;
                escapes += 3;
            }
        }
    }

    long textBytes() {
        return textBytes;
    }

    long tokensAtMost() {
        return atMost;
    }

    /** At three and a half bytes a token. */
    long tokensEstimate() {
        return Math.ceilDiv(estimateBytes * 2, 7) + estimateExtra;
    }
}
