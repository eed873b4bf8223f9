package io.rateguard.proxy.stage;

import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.proxy.dialect.ErrorCategory;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is not forwarded, as the caller will read it.
 *
 * @param code stable
 * @param retryAfterMillis when another try may pass; negative when waiting does not help
 * @param rule which limit or budget refused
 * @param closesConnection whether the rest of the request is not worth reading
 */
public record Refusal(
        Decision decision,
        int status,
        ErrorCategory category,
        String code,
        String message,
        long retryAfterMillis,
        RequestEvent.@Nullable Refusal rule,
        @Nullable Headroom headroom,
        boolean closesConnection) {

    private static final long NO_RETRY = -1;

    public static Refusal of(Decision decision, int status, ErrorCategory category, String code, String message) {
        return new Refusal(decision, status, category, code, message, NO_RETRY, null, null, false);
    }

    public static Refusal invalid(int status, String code, String message) {
        return of(Decision.INVALID, status, ErrorCategory.CALLER, code, message);
    }

    public static Refusal forbidden(String code, String message) {
        return of(Decision.FORBIDDEN, 403, ErrorCategory.CALLER, code, message);
    }

    public static Refusal overloaded(String code, String message) {
        return of(Decision.OVERLOADED, 503, ErrorCategory.INTERNAL, code, message)
                .retryAfter(1_000);
    }

    public Refusal retryAfter(long millis) {
        return new Refusal(decision, status, category, code, message, millis, rule, headroom, closesConnection);
    }

    public Refusal by(RequestEvent.Refusal refusingRule, Headroom levels) {
        return new Refusal(
                decision, status, category, code, message, retryAfterMillis, refusingRule, levels, closesConnection);
    }

    public Refusal with(Headroom levels) {
        return new Refusal(decision, status, category, code, message, retryAfterMillis, rule, levels, closesConnection);
    }

    public Refusal closingConnection() {
        return new Refusal(decision, status, category, code, message, retryAfterMillis, rule, headroom, true);
    }

    /** Whether failure policies decided in place of the store. */
    public boolean degraded() {
        return headroom != null && headroom.degraded();
    }
}
