package io.rateguard.alerts.delivery;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A delivery that was not handed over; the message says why, without secrets. */
final class NotDelivered extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean forGood;
    private final transient @Nullable Answer answer;

    private NotDelivered(String message, boolean forGood, @Nullable Answer answer) {
        super(message, null, false, false);
        this.forGood = forGood;
        this.answer = answer;
    }

    /** Worth another try. */
    static NotDelivered now(String message) {
        return new NotDelivered(message, false, null);
    }

    /** The receiver will never take it. */
    static NotDelivered ever(String message) {
        return new NotDelivered(message, true, null);
    }

    /** The receiver answered that it did not take it. */
    static NotDelivered answered(Answer answer) {
        return new NotDelivered("webhook answered " + answer.status(), answer.isRefused(), answer);
    }

    boolean isForGood() {
        return forGood;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    Optional<String> answer() {
        return Optional.ofNullable(answer).map(Answer::toString);
    }

    /** How long the receiver asked to be left alone. */
    Duration pause() {
        return answer == null ? Duration.ZERO : answer.pause();
    }
}
