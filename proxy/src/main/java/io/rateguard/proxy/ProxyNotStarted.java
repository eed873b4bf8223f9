package io.rateguard.proxy;

/** The proxy cannot start; the message names what is wrong and is meant for whoever started it. */
public final class ProxyNotStarted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ProxyNotStarted(String message, Throwable cause) {
        super(message, cause);
    }
}
