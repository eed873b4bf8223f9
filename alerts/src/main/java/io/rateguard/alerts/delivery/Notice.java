package io.rateguard.alerts.delivery;

import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.money.Money;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;

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

    /** Somebody asked whether a channel works. */
    record Test(String workspace, String channel, URI link) implements Notice {}
}
