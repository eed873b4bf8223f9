package io.rateguard.demo;

/**
 * The events of one streamed chat completion: each choice's role, then its words in turn with the other choices', then
 * each choice's end, then the usage if it was asked for, then {@code [DONE]}.
 */
final class ChatChunks {

    private final int choices;
    private final int words;
    private final String finish;
    private final String figures;
    private final String opening;
    private final String closing;
    private final String eventEnd;
    private final byte[][] wordOpenings;
    private final byte[] wordClosing;

    /** @param figures the usage as JSON, empty for none */
    ChatChunks(String head, int choices, int words, String finish, String figures, String lineBreak) {
        this.choices = choices;
        this.words = words;
        this.finish = finish;
        this.figures = figures;
        this.opening = "data: " + head + ",\"object\":\"chat.completion.chunk\",\"choices\":[";
        this.eventEnd = lineBreak + lineBreak;
        this.closing = (figures.isEmpty() ? "]}" : "],\"usage\":null}") + eventEnd;
        this.wordOpenings = new byte[choices][];
        for (int choice = 0; choice < choices; choice++) {
            wordOpenings[choice] = Json.bytes(opening + "{\"index\":" + choice + ",\"delta\":{\"content\":\"");
        }
        this.wordClosing = Json.bytes("\"},\"logprobs\":null,\"finish_reason\":null}" + closing);
    }

    int count() {
        return Math.addExact(Math.multiplyExact(choices, words + 2), figures.isEmpty() ? 1 : 2);
    }

    byte[] chunk(int index) {
        int place = index;
        if (place < choices) {
            return whole(place, "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null");
        }
        place -= choices;
        if (place < choices * words) {
            return Bytes.join(wordOpenings[place % choices], Prose.word(place / choices), wordClosing);
        }
        place -= choices * words;
        if (place < choices) {
            return whole(place, "{}", '"' + finish + '"');
        }
        boolean last = index == count() - 1;
        return Json.bytes(last ? "data: [DONE]" + eventEnd : opening + "],\"usage\":" + figures + "}" + eventEnd);
    }

    private byte[] whole(int choice, String delta, String finishReason) {
        return Json.bytes(opening + "{\"index\":" + choice + ",\"delta\":" + delta
                + ",\"logprobs\":null,\"finish_reason\":" + finishReason + "}" + closing);
    }
}
