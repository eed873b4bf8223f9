package io.rateguard.proxy.dialect;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Reads a stream of server-sent events that arrives in pieces, cut anywhere, and hands the data of each event to a JSON
 * scan. Lines end with CR, LF or both.
 */
final class SseScan<F extends Enum<F>> {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final byte[] DATA = "data".getBytes(US_ASCII);
    private static final byte[] DONE = "[DONE]".getBytes(US_ASCII);

    /** Where {@link #consume} stopped. */
    enum Stop {
        /** At the end of the piece, within an event. */
        PIECE_END,
        /** Right behind an event. */
        EVENT_END,
        /** Right behind the LF that still belongs to the event before it. */
        LATE_LINE_FEED
    }

    private enum State {
        NAME,
        AFTER_COLON,
        VALUE
    }

    private final JsonScan<F> json;
    private final Tally<F> tally;

    private State state = State.NAME;
    private Stop stop = Stop.PIECE_END;
    private int mark;
    private int nameLength;
    private boolean nameIsData = true;
    private boolean lineIsData;
    private boolean afterCarriageReturn;
    private boolean afterEvent;
    private int dataLines;
    private int doneMatched;
    private boolean doneFits = true;

    SseScan(FieldTree<F> tree, Tally<F> tally) {
        this.json = new JsonScan<>(tree, tally);
        this.tally = tally;
    }

    /** Reads on to the next stop and returns where that is. */
    int consume(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (accept(bytes[i])) {
                return i + 1;
            }
        }
        stop = Stop.PIECE_END;
        return to;
    }

    Stop stop() {
        return stop;
    }

    /** Ends an event that the stream's end left open. */
    void end() {
        if (state != State.NAME || nameLength > 0) {
            endLine();
        }
        endEvent();
    }

    private boolean accept(byte b) {
        if (mark >= 0 && mark < BYTE_ORDER_MARK.length) {
            if (b == BYTE_ORDER_MARK[mark]) {
                mark++;
                return false;
            }
            mark = -1;
        }
        if (b == '\n' && afterCarriageReturn) {
            afterCarriageReturn = false;
            stop = Stop.LATE_LINE_FEED;
            return afterEvent;
        }
        afterCarriageReturn = b == '\r';
        afterEvent = false;
        if (b == '\n' || b == '\r') {
            return lineBreak();
        }
        switch (state) {
            case NAME -> name(b);
            case AFTER_COLON -> {
                state = State.VALUE;
                if (b != ' ') {
                    value(b);
                }
            }
            case VALUE -> value(b);
        }
        return false;
    }

    private boolean lineBreak() {
        boolean blank = state == State.NAME && nameLength == 0;
        if (!blank) {
            endLine();
            return false;
        }
        endEvent();
        afterEvent = true;
        stop = Stop.EVENT_END;
        return true;
    }

    private void name(byte b) {
        if (b == ':') {
            lineIsData = nameIsData && nameLength == DATA.length;
            state = State.AFTER_COLON;
            if (lineIsData && dataLines++ > 0) {
                json.accept((byte) '\n');
            }
            return;
        }
        nameIsData &= nameLength < DATA.length && b == DATA[nameLength];
        nameLength++;
    }

    private void value(byte b) {
        if (!lineIsData) {
            return;
        }
        if (doneFits && doneMatched < DONE.length) {
            doneFits = b == DONE[doneMatched++];
        }
        json.accept(b);
    }

    private void endLine() {
        state = State.NAME;
        nameLength = 0;
        nameIsData = true;
        lineIsData = false;
    }

    private void endEvent() {
        if (dataLines > 0 && doneFits && doneMatched == DONE.length) {
            tally.done();
        }
        tally.documentEnded(dataLines > 0 && json.complete());
        json.reset();
        dataLines = 0;
        doneMatched = 0;
        doneFits = true;
    }
}
