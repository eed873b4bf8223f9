package io.rateguard.proxy.request;

import io.netty.buffer.ByteBuf;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.limit.RequestFacts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * By what the same request is known when it comes again: 64 bits of an HMAC over the key's line, API, method, path, and
 * length, beginning and end of the body. Without the secret key nobody can tell what it was made of, or try guesses; two
 * keys that send the same have different ones.
 */
public final class Fingerprints {

    /** Of a longer body so much at its beginning and at its end is looked at. */
    static final int EDGE_BYTES = 2_048;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int LINE_BYTES = 16;

    private final Mac keyed;
    private final ThreadLocal<Scratch> scratches;

    /** @param key the same in every proxy */
    public Fingerprints(byte[] key) {
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(key, ALGORITHM));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
        scratches = ThreadLocal.withInitial(this::scratch);
    }

    long of(RequestFacts facts, ByteBuf body) {
        Scratch scratch = scratches.get();
        Mac mac = scratch.mac;
        ApiKeyId line = facts.key();
        int length = body.readableBytes();
        mac.update(scratch.head
                .clear()
                .putLong(line.value().getMostSignificantBits())
                .putLong(line.value().getLeastSignificantBits())
                .putInt(length)
                .flip());
        text(mac, facts.api());
        text(mac, facts.method());
        text(mac, facts.path());
        if (length <= 2 * EDGE_BYTES) {
            scratch.update(body, 0, length);
        } else {
            scratch.update(body, 0, EDGE_BYTES);
            scratch.update(body, length - EDGE_BYTES, EDGE_BYTES);
        }
        return ByteBuffer.wrap(mac.doFinal()).getLong();
    }

    private static void text(Mac mac, String part) {
        mac.update(part.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
    }

    private Scratch scratch() {
        try {
            return new Scratch((Mac) keyed.clone());
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException(ALGORITHM + " can be cloned", impossible);
        }
    }

    /** Of one event loop. */
    private static final class Scratch {

        private final Mac mac;
        private final ByteBuffer head = ByteBuffer.allocate(LINE_BYTES + Integer.BYTES);
        private final byte[] bytes = new byte[2 * EDGE_BYTES];

        Scratch(Mac mac) {
            this.mac = mac;
        }

        void update(ByteBuf body, int from, int length) {
            body.getBytes(body.readerIndex() + from, bytes, 0, length);
            mac.update(bytes, 0, length);
        }
    }
}
