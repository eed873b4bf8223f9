package io.rateguard.domain.budget;

import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.secret.SecretBox;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * What an alert offers to whoever may change budgets: more money for the budget until its window ends. Sealed, it travels
 * in a link that only RateGuard can have made, and that nobody else can read or alter.
 *
 * @param crossing which alert made it: of each, one is taken
 * @param until when the money ends
 * @param expires from when on it cannot be taken
 */
public record IncreaseOffer(BudgetId budget, UUID crossing, Money amount, Instant until, Instant expires) {

    /** What is offered, of the amount that counts. */
    private static final int PARTS = 4;

    private static final Duration LIFE = Duration.ofDays(7);
    private static final long CENT_NANOS = 10_000_000;
    private static final int FIELDS = 5;

    /**
     * A quarter more, in whole cents where that is not nothing; of a window that never ends, for as long as the offer.
     *
     * @return nothing of a window that has ended, or a budget of nothing
     */
    public static Optional<IncreaseOffer> of(
            BudgetId budget, UUID crossing, Money amount, BudgetWindow window, Instant made) {
        Instant expires = made.plus(LIFE);
        Instant until =
                window.endMillis() >= BudgetWindow.NEVER_ENDS ? expires : Instant.ofEpochMilli(window.endMillis());
        Money more = quarter(amount);
        return until.isAfter(made) && more.nanos() > 0
                ? Optional.of(
                        new IncreaseOffer(budget, crossing, more, until, expires.isBefore(until) ? expires : until))
                : Optional.empty();
    }

    private static Money quarter(Money amount) {
        long quarter = Math.ceilDiv(amount.nanos(), PARTS);
        return Money.ofNanos(quarter < CENT_NANOS ? quarter : Math.ceilDiv(quarter, CENT_NANOS) * CENT_NANOS);
    }

    /** A text that an address can hold as it is. */
    public String sealed(SecretBox box, WorkspaceId workspace) {
        String text = String.join(
                " ",
                budget.toString(),
                crossing.toString(),
                Long.toString(amount.nanos()),
                until.toString(),
                expires.toString());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(box.seal(text, purpose(workspace)));
    }

    /**
     * @return nothing when the text is not one of this workspace's
     */
    public static Optional<IncreaseOffer> opened(String sealed, SecretBox box, WorkspaceId workspace) {
        try {
            String[] fields = box.open(Base64.getUrlDecoder().decode(sealed), purpose(workspace))
                    .split(" ", FIELDS);
            return Optional.of(new IncreaseOffer(
                    BudgetId.of(fields[0]),
                    UUID.fromString(fields[1]),
                    Money.ofNanos(Long.parseLong(fields[2])),
                    Instant.parse(fields[3]),
                    Instant.parse(fields[4])));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    /** Nothing else that is sealed opens as an offer, nor another workspace's. */
    private static String purpose(WorkspaceId workspace) {
        return "increase offer of " + workspace;
    }
}
