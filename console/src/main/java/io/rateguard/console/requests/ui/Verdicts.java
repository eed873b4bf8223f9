package io.rateguard.console.requests.ui;

import io.rateguard.console.common.ui.StatusBadge.Tone;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;

/** What became of a request, in words. */
final class Verdicts {

    private static final int FIRST_ERROR = 400;

    private Verdicts() {}

    static String word(Decision decision, int status) {
        if (!isFailure(decision, status)) {
            return word(decision);
        }
        return status == 0 ? "No reply" : "Error " + status;
    }

    static Tone tone(Decision decision, int status) {
        if (isFailure(decision, status)) {
            return Tone.WARNING;
        }
        return decision == Decision.ALLOWED ? Tone.GOOD : Tone.BAD;
    }

    private static boolean isFailure(Decision decision, int status) {
        return decision == Decision.ALLOWED && (status >= FIRST_ERROR || status == 0);
    }

    static String word(Decision decision) {
        return switch (decision) {
            case ALLOWED -> "Allowed";
            case LIMITED -> "Limited";
            case OVER_BUDGET -> "Over budget";
            case UNAUTHENTICATED -> "No valid key";
            case FORBIDDEN -> "Forbidden";
            case UNPRICED -> "Unpriced";
            case OVERLOADED -> "Overloaded";
            case INVALID -> "Invalid";
        };
    }

    static String sentence(Decision decision) {
        return switch (decision) {
            case ALLOWED -> "It was let through.";
            case LIMITED -> "A limit had nothing left for it.";
            case OVER_BUDGET -> "A budget had not enough left to hold what it could cost.";
            case UNAUTHENTICATED -> "Its key is not known, revoked or expired.";
            case FORBIDDEN -> "Its key may not do this.";
            case UNPRICED -> "Its model has no known price, and such requests are not let through.";
            case OVERLOADED -> "Too many requests were waiting for admission, or the counters did not answer.";
            case INVALID -> "It could not be understood.";
        };
    }

    static String word(Outcome outcome) {
        return switch (outcome) {
            case COMPLETED -> "The reply arrived whole";
            case CLIENT_GONE -> "The caller left before the end";
            case UPSTREAM_CUT -> "The provider broke off";
            case UNREACHABLE -> "The provider could not be reached";
            case TIMEOUT -> "The provider took too long";
            case INTERRUPTED -> "The proxy died meanwhile; charged by what was held";
            case REFUSED -> "Never forwarded";
        };
    }
}
