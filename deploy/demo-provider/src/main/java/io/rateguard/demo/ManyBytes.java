package io.rateguard.demo;

import java.util.Arrays;
import java.util.Map;

/** {@code /rest/bytes/{n}}: a body of n bytes, the lower-case letters over and over. */
final class ManyBytes {

    private static final long MOST_BYTES = 10L << 30;
    private static final byte[] BLOCK = block();

    private ManyBytes() {}

    static Reply reply(String asked) {
        long bytes = parse(asked);
        int blocks = Math.toIntExact(Math.ceilDiv(bytes, (long) BLOCK.length));
        Reply.Pieces body = new Reply.Pieces(blocks, bytes, index -> piece(bytes - (long) index * BLOCK.length));
        return new Reply(200, Reply.BYTES, Map.of(), body);
    }

    private static long parse(String asked) {
        try {
            long bytes = Long.parseLong(asked);
            if (bytes >= 0 && bytes <= MOST_BYTES) {
                return bytes;
            }
        } catch (NumberFormatException notANumber) {
            // said below, like any other wrong number
        }
        throw new Rejected(400, "bytes: " + asked + " (expected: a whole number from 0 to " + MOST_BYTES + ")");
    }

    private static byte[] piece(long left) {
        return left >= BLOCK.length ? BLOCK : Arrays.copyOf(BLOCK, (int) left);
    }

    private static byte[] block() {
        byte[] block = new byte[26 * 630];
        for (int i = 0; i < block.length; i++) {
            block[i] = (byte) ('a' + i % 26);
        }
        return block;
    }
}
