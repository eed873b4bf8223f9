package io.rateguard.demo;

/** The events of one streamed Anthropic message, in the order the provider sends them. */
final class MessageEvents {

    private static final int BEFORE_WORDS = 3;
    private static final int AFTER_WORDS = 3;

    private final String begun;
    private final int words;
    private final String ended;
    private final String lineBreak;
    private final byte[] wordOpening;
    private final byte[] wordClosing;

    /**
     * @param begun the message as {@code message_start} tells it
     * @param ended the fields of {@code message_delta}
     */
    MessageEvents(String begun, int words, String ended, String lineBreak) {
        this.begun = begun;
        this.words = words;
        this.ended = ended;
        this.lineBreak = lineBreak;
        this.wordOpening = Json.bytes("event: content_block_delta" + lineBreak
                + "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"");
        this.wordClosing = Json.bytes("\"}}" + lineBreak + lineBreak);
    }

    int count() {
        return BEFORE_WORDS + words + AFTER_WORDS;
    }

    byte[] event(int index) {
        int word = index - BEFORE_WORDS;
        if (word >= 0 && word < words) {
            return Bytes.join(wordOpening, Prose.word(word), wordClosing);
        }
        return switch (word < 0 ? index : index - words) {
            case 0 -> named("message_start", ",\"message\":" + begun);
            case 1 -> named("content_block_start", ",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
            case 2 -> named("ping", "");
            case 3 -> named("content_block_stop", ",\"index\":0");
            case 4 -> named("message_delta", ",\"delta\":" + ended);
            case 5 -> named("message_stop", "");
            default -> throw new IndexOutOfBoundsException(index);
        };
    }

    private byte[] named(String type, String fields) {
        return Json.bytes("event: " + type + lineBreak + "data: {\"type\":\"" + type + "\"" + fields + "}" + lineBreak
                + lineBreak);
    }
}
