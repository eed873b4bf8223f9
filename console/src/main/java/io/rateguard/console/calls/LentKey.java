package io.rateguard.console.calls;

import io.rateguard.domain.key.Secret;
import java.time.Instant;

/** A key that ends by itself, or when it is given back: it is revoked by then. */
public final class LentKey implements AutoCloseable {

    private final Secret secret;
    private final Instant expiresAt;
    private final Runnable giveBack;

    /** @param giveBack may be run on any thread, and more than once */
    public LentKey(Secret secret, Instant expiresAt, Runnable giveBack) {
        this.secret = secret;
        this.expiresAt = expiresAt;
        this.giveBack = giveBack;
    }

    public Secret secret() {
        return secret;
    }

    /** The first instant at which it works no more. */
    public Instant expiresAt() {
        return expiresAt;
    }

    @Override
    public void close() {
        giveBack.run();
    }

    @Override
    public String toString() {
        return "LentKey[" + secret + ", expiresAt=" + expiresAt + "]";
    }
}
