package io.rateguard.proxy;

import static io.rateguard.proxy.testbed.TestBed.chatBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rateguard.domain.event.BudgetCrossed;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.proxy.testbed.BudgetView;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who is told that a budget has come to a threshold. */
class BudgetThresholdsIT {

    /** About ten calls. */
    private static final long AMOUNT_NANOS = 80_000;

    private static TestBed bed;

    @BeforeAll
    static void start() {
        bed = TestBed.start();
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @Test
    void eachThresholdIsToldOnceWithTheRequestThatCameToIt() {
        BudgetId budget = bed.database().budget(bed.workspace(), "a few calls", AMOUNT_NANOS, "elastic");
        bed.database()
                .execute(
                        "UPDATE budgets SET shutoff = false, ladder = ?::jsonb WHERE id = ?",
                        "[{\"percent\":50,\"action\":\"alert\"},{\"percent\":80,\"action\":\"alert\"}]",
                        budget.value());
        TestKey key = bed.key();

        long spentNanos = 0;
        List<Tuple> expected = new ArrayList<>();
        while (spentNanos < AMOUNT_NANOS) {
            var reply = bed.send(bed.chat(key, chatBody("gpt-4o-mini", 10)));
            assertThat(reply.statusCode()).isEqualTo(200);
            String request =
                    reply.headers().firstValue("X-RateGuard-Request-Id").orElseThrow();
            long costNanos = bed.events().of(request).metering().costNanos();
            new BudgetView(bed.workspace(), budget).onceNothingIsHeld();
            for (int percent : List.of(50, 80, 100)) {
                long at = AMOUNT_NANOS * percent / 100;
                if (spentNanos < at && spentNanos + costNanos >= at) {
                    expected.add(tuple(budget, percent, request, AMOUNT_NANOS, spentNanos + costNanos));
                }
            }
            spentNanos += costNanos;
        }
        bed.events().await(seen -> bed.events().crossings().size() >= expected.size());

        assertThat(bed.events().crossings())
                .extracting(
                        BudgetCrossed::budget,
                        BudgetCrossed::percent,
                        crossed -> crossed.cause().value(),
                        BudgetCrossed::amountNanos,
                        BudgetCrossed::spentNanos)
                .containsExactlyElementsOf(expected);
    }
}
