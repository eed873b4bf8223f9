package io.rateguard.proxy.auth;

import io.rateguard.domain.key.CustomerHeader;
import io.rateguard.proxy.policy.KnownKey;
import io.rateguard.proxy.stage.Arrival;
import io.rateguard.proxy.stage.Identified;
import io.rateguard.proxy.stage.Refusal;
import org.jspecify.annotations.Nullable;

/** For whom a request is made: what the key says, else what its caller says where the key trusts that. */
final class Customers {

    private static final String HEADER = "x-rateguard-customer";
    private static final int MOST_CHARS = 200;

    private Customers() {}

    static @Nullable String of(Arrival arrival, KnownKey key) {
        if (key.customer() != null || key.customerHeader() == CustomerHeader.IGNORED) {
            return key.customer();
        }
        String named = arrival.headers().get(HEADER);
        return named == null || named.isBlank() ? null : named.strip();
    }

    static @Nullable Refusal objection(Identified identified) {
        String customer = identified.customer();
        KnownKey key = identified.key();
        if (customer == null) {
            return key.customerHeader() == CustomerHeader.REQUIRED
                    ? Refusal.invalid(
                            400,
                            "customer_required",
                            "X-RateGuard-Customer: missing (expected: the customer this request is made for)")
                    : null;
        }
        if (key.customer() == null && (customer.length() > MOST_CHARS || hasControl(customer))) {
            return Refusal.invalid(
                    400,
                    "invalid_customer",
                    "X-RateGuard-Customer: " + customer.length() + " characters (expected: 1 to " + MOST_CHARS
                            + " characters and no control characters)");
        }
        return null;
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
