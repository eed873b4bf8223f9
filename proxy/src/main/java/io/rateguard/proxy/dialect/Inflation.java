package io.rateguard.proxy.dialect;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a compressed reply as it passes. Gives up, and then yields nothing more, on broken data and beyond a size
 * that no usage report needs.
 */
final class Inflation {

    static final long MOST_BYTES = 64L << 20;

    private static final int PIECE = 4096;
    private static final int TRAILER = 8;

    private final boolean gzip;
    private final byte[] piece = new byte[PIECE];
    private GzipHeader header = new GzipHeader();
    private @Nullable Inflater inflater;
    private int firstByte = -1;
    private int trailerLeft;
    private long inflated;
    private boolean over;
    private boolean gaveUp;

    private Inflation(boolean gzip) {
        this.gzip = gzip;
    }

    static Inflation gzip() {
        return new Inflation(true);
    }

    /** With or without the zlib wrapper: servers send either under this name. */
    static Inflation deflate() {
        return new Inflation(false);
    }

    void inflate(byte[] bytes, int from, int to, Scratch.Reader reader) {
        int at = from;
        while (at < to && !over) {
            if (trailerLeft > 0) {
                trailerLeft--;
                at++;
            } else if (inflater != null) {
                at = inflate(inflater, bytes, at, to, reader);
            } else if (gzip) {
                gzipHeader(bytes[at++]);
            } else {
                at = deflateStart(bytes, at, reader);
            }
        }
    }

    /** Whether part of the reply has not been read. */
    boolean gaveUp() {
        return gaveUp;
    }

    void close() {
        over = true;
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }

    private void giveUp() {
        gaveUp = true;
        close();
    }

    private int inflate(Inflater decoder, byte[] bytes, int from, int to, Scratch.Reader reader) {
        decoder.setInput(bytes, from, to - from);
        try {
            int length;
            while ((length = decoder.inflate(piece)) > 0) {
                inflated += length;
                if (inflated > MOST_BYTES) {
                    giveUp();
                    return to;
                }
                reader.read(piece, 0, length);
            }
        } catch (DataFormatException broken) {
            giveUp();
            return to;
        }
        if (decoder.needsDictionary()) {
            giveUp();
            return to;
        }
        int next = to - decoder.getRemaining();
        if (decoder.finished()) {
            memberEnded(decoder);
        }
        return next;
    }

    private void memberEnded(Inflater decoder) {
        decoder.end();
        inflater = null;
        over = !gzip;
        trailerLeft = TRAILER;
        header = new GzipHeader();
    }

    private void gzipHeader(byte b) {
        switch (header.accept(b)) {
            case MORE -> {}
            case COMPLETE -> inflater = new Inflater(true);
            case BROKEN -> giveUp();
        }
    }

    private int deflateStart(byte[] bytes, int at, Scratch.Reader reader) {
        if (firstByte < 0) {
            firstByte = bytes[at] & 0xff;
            return at + 1;
        }
        boolean wrapped = (firstByte & 0x0f) == 8 && (firstByte << 8 | bytes[at] & 0xff) % 31 == 0;
        Inflater decoder = new Inflater(!wrapped);
        inflater = decoder;
        inflate(decoder, new byte[] {(byte) firstByte}, 0, 1, reader);
        return at;
    }
}
