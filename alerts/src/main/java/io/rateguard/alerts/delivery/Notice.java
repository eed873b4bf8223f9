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
import org.jspecify.annotations.Nullable;

/** What is to be told, before it has a form. */
sealed interface Notice {

    /** Where the console shows more of it. */
    URI link();

    String workspace();

    /**
     * A budget came to a threshold.
     *
     * @param shutsOff whether requests are refused once the budget is used up
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
            URI link)
            implements Notice {}

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
