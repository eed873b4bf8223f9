package io.rateguard.alerts.delivery;

/** A delivery that was not handed over; the message says why, without secrets. */
final class NotDelivered extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean forGood;

    private NotDelivered(String message, boolean forGood) {
        super(message, null, false, false);
        this.forGood = forGood;
    }

    /** Worth another try. */
    static NotDelivered now(String message) {
        return new NotDelivered(message, false);
    }

    /** The receiver will never take it. */
    static NotDelivered ever(String message) {
        return new NotDelivered(message, true);
    }

    boolean isForGood() {
        return forGood;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
