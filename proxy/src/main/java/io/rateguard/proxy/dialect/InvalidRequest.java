package io.rateguard.proxy.dialect;

/** A body that RateGuard cannot read safely; the caller's fault, so without a stack trace. */
public final class InvalidRequest extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String code;

    public InvalidRequest(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** Stable, as the caller sees it: {@code invalid_json}. */
    public String code() {
        return code;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
