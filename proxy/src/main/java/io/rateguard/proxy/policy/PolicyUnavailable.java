package io.rateguard.proxy.policy;

/** PostgreSQL does not answer, and what is known does not suffice or is too old. */
public final class PolicyUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PolicyUnavailable(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
