package io.rateguard.proxy.dialect;

/** The plain bytes of a reply, read for its usage. */
interface ReplyText extends Scratch.Reader {

    void end();

    static <F extends Enum<F>> ReplyText document(FieldTree<F> tree, Tally<F> tally) {
        JsonScan<F> json = new JsonScan<>(tree, tally);
        return new ReplyText() {
            @Override
            public void read(byte[] bytes, int from, int to) {
                json.accept(bytes, from, to);
            }

            @Override
            public void end() {
                tally.documentEnded(json.complete());
            }
        };
    }

    static <F extends Enum<F>> ReplyText events(FieldTree<F> tree, Tally<F> tally) {
        SseScan<F> events = new SseScan<>(tree, tally);
        return new ReplyText() {
            @Override
            public void read(byte[] bytes, int from, int to) {
                for (int at = from; at < to; ) {
                    at = events.consume(bytes, at, to);
                }
            }

            @Override
            public void end() {
                events.end();
            }
        };
    }
}
