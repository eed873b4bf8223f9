package io.rateguard.alerts.delivery;

import io.rateguard.domain.alert.AlertKind;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.money.Money;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be told, before it has a form. */
sealed interface Notice {

    /** Where the console shows more of it. */
    URI link();

    String workspace();

    default Optional<Offer> offered() {
        return Optional.empty();
    }

    /**
     * A budget came to a threshold.
     *
     * @param shutsOff whether requests are refused once the budget is used up
     * @param offer null: none is made
     */
    record BudgetReached(
            String workspace,
            String budget,
            int percent,
            Money amount,
            Money spent,
            BudgetWindow window,
            List<Partition> per,
            ZoneId zone,
            boolean shutsOff,
            @Nullable Offer offer,
            URI link)
            implements Notice {

        boolean isUsedUp() {
            return spent.compareTo(amount) >= 0;
        }

        @Override
        public Optional<Offer> offered() {
            return Optional.ofNullable(offer);
        }
    }

    /**
     * More money for a budget, to whoever may change budgets.
     *
     * @param token what grants it
     * @param link where it is granted
     */
    record Offer(Money amount, Instant until, String token, URI link) {}

    /**
     * A timed rule came upon something, or it is over.
     *
     * @param subject what people call it; empty: the whole workspace
     * @param value in the unit of the kind, as are the threshold and the value now
     * @param volume how many requests it was measured on
     * @param over null: it is not
     */
    record Incident(
            String workspace,
            String rule,
            AlertKind kind,
            String subject,
            long value,
            long threshold,
            long volume,
            Duration window,
            Instant since,
            @Nullable Instant over,
            long valueNow,
            URI link)
            implements Notice {

        boolean isOver() {
            return over != null;
        }
    }

    /** Somebody asked whether a channel works. */
    record Test(String workspace, String channel, URI link) implements Notice {}
}
