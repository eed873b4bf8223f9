package io.rateguard.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import reactor.core.publisher.Flux;

/** Compresses a body; of a stream each piece can be read as soon as it has arrived. */
final class Gzip {

    private static final int BUFFER_BYTES = 512;

    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private final GZIPOutputStream zipped;

    private Gzip() {
        try {
            zipped = new GZIPOutputStream(pending, BUFFER_BYTES, true);
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
    }

    static byte[] whole(byte[] bytes) {
        Gzip gzip = new Gzip();
        byte[] start = gzip.add(bytes);
        return Bytes.join(start, gzip.end(), new byte[0]);
    }

    static Flux<byte[]> stream(Flux<byte[]> pieces) {
        return Flux.defer(() -> {
            Gzip gzip = new Gzip();
            return pieces.map(gzip::add).concatWith(Flux.defer(() -> Flux.just(gzip.end())));
        });
    }

    private byte[] add(byte[] piece) {
        try {
            zipped.write(piece);
            zipped.flush();
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        return take();
    }

    private byte[] end() {
        try {
            zipped.close();
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        return take();
    }

    private byte[] take() {
        byte[] bytes = pending.toByteArray();
        pending.reset();
        return bytes;
    }
}
