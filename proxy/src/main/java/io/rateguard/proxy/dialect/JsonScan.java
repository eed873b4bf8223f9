package io.rateguard.proxy.dialect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

/**
 * Reads a few fields out of a JSON document that arrives in pieces, cut anywhere. Its memory does not grow with the
 * document, and it never throws: what is no JSON just yields no fields.
 */
final class JsonScan<F extends Enum<F>> {

    private static final int LONGEST_NUMBER = 32;

    /** Hears of the fields as they are read. */
    interface Sink<F> {

        /** An object or array begins at this field. */
        void enter(F field);

        void leave(F field);

        /** The number, rounded up where it is no whole one. */
        void number(F field, long value);

        /** The same number, for fields whose fraction counts. */
        default void fraction(F field, double value) {}

        /** The same number as it is written, for fields of which nothing may be lost. */
        default void decimal(F field, String digits) {}

        /** The text is good until the call returns. */
        void string(F field, CapturedText text);
    }

    private enum State {
        BETWEEN,
        STRING,
        ESCAPE,
        UNICODE,
        SCALAR
    }

    private enum Holds {
        NAME,
        VALUE,
        NOTHING
    }

    private final FieldTree<F> tree;
    private final Sink<F> sink;
    private final FieldTree.Node<F>[] stack;
    private final boolean[] arrays;
    private final int[] places;
    private final CapturedText text = new CapturedText();

    private State state = State.BETWEEN;
    private Holds holds = Holds.NOTHING;
    private FieldTree.@Nullable Node<F> pending;
    private int depth;
    private long skipped;
    private boolean naming;
    private boolean complete;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type cannot be made otherwise
    JsonScan(FieldTree<F> tree, Sink<F> sink) {
        this.tree = tree;
        this.sink = sink;
        this.stack = new FieldTree.Node[tree.depth()];
        this.arrays = new boolean[tree.depth()];
        this.places = new int[tree.depth()];
        this.pending = tree.root();
    }

    /** Makes ready for another document. */
    void reset() {
        state = State.BETWEEN;
        pending = tree.root();
        depth = 0;
        skipped = 0;
        naming = false;
        complete = false;
    }

    /** Whether the document's outermost object or array has been closed. */
    boolean complete() {
        return complete;
    }

    void accept(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            accept(bytes[i]);
        }
    }

    void accept(byte b) {
        switch (state) {
            case BETWEEN -> between(b);
            case STRING -> inString(b);
            case ESCAPE -> state = text.escaped(b) ? State.UNICODE : State.STRING;
            case UNICODE -> state = text.digit(b) ? State.STRING : State.UNICODE;
            case SCALAR -> {
                if (b == ',' || b == '}' || b == ']' || b <= ' ' && b >= 0) {
                    endScalar();
                    between(b);
                } else {
                    text.add(b);
                }
            }
        }
    }

    private void between(byte b) {
        if (complete) {
            return;
        }
        switch (b) {
            case '{' -> open(false);
            case '[' -> open(true);
            case '}', ']' -> close();
            case '"' -> startString();
            case ':' -> naming = skipped == 0 ? false : naming;
            case ',' -> next();
            case ' ', '\n', '\r', '\t' -> {}
            default -> {
                text.clear();
                text.add(b);
                state = State.SCALAR;
            }
        }
    }

    private void open(boolean array) {
        FieldTree.Node<F> node = pending;
        if (skipped > 0 || node == null || depth == stack.length) {
            skipped++;
            return;
        }
        stack[depth] = node;
        places[depth] = 0;
        arrays[depth++] = array;
        naming = !array;
        pending = array ? node.element(0) : null;
        F field = node.field();
        if (field != null) {
            sink.enter(field);
        }
    }

    private void close() {
        if (skipped > 0) {
            skipped--;
            complete = depth == 0 && skipped == 0;
            return;
        }
        if (depth == 0) {
            return;
        }
        F field = stack[--depth].field();
        pending = null;
        naming = false;
        complete = depth == 0;
        if (field != null) {
            sink.leave(field);
        }
    }

    private void next() {
        if (skipped == 0 && depth > 0) {
            naming = !arrays[depth - 1];
            pending = naming ? null : stack[depth - 1].element(++places[depth - 1]);
        }
    }

    private void startString() {
        text.clear();
        state = State.STRING;
        if (skipped > 0) {
            holds = Holds.NOTHING;
        } else if (naming) {
            holds = Holds.NAME;
        } else {
            holds = pending != null && pending.field() != null ? Holds.VALUE : Holds.NOTHING;
        }
    }

    private void inString(byte b) {
        if (b == '\\') {
            state = State.ESCAPE;
        } else if (b == '"') {
            state = State.BETWEEN;
            endString();
        } else if (holds != Holds.NOTHING) {
            text.add(b);
        }
    }

    private void endString() {
        switch (holds) {
            case NAME -> pending = text.isWhole() ? stack[depth - 1].child(text.bytes(), text.captured()) : null;
            case VALUE -> {
                F field = pending == null ? null : pending.field();
                if (field != null) {
                    sink.string(field, text);
                }
            }
            case NOTHING -> {}
        }
    }

    private void endScalar() {
        state = State.BETWEEN;
        F field = skipped > 0 || naming || pending == null ? null : pending.field();
        if (field == null || text.captured() > LONGEST_NUMBER) {
            return;
        }
        byte first = text.bytes()[0];
        if (first == '-' || first >= '0' && first <= '9') {
            try {
                number(field, new String(text.bytes(), 0, text.captured(), ISO_8859_1));
            } catch (NumberFormatException noNumber) {
                // Not JSON; the field stays unknown.
            }
        }
    }

    private void number(F field, String digits) {
        sink.decimal(field, digits);
        if (isWhole(digits)) {
            long value = Long.parseLong(digits);
            sink.number(field, value);
            sink.fraction(field, (double) value);
        } else {
            double value = Double.parseDouble(digits);
            sink.number(field, (long) Math.ceil(value));
            sink.fraction(field, value);
        }
    }

    private static boolean isWhole(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c == '.' || c == 'e' || c == 'E') {
                return false;
            }
        }
        return true;
    }
}
