package io.rateguard.drills.store;

import io.rateguard.domain.event.RequestEvent;
import io.rateguard.drills.Figures;
import io.rateguard.drills.Findings;
import io.rateguard.drills.Programs;
import io.rateguard.drills.Table;
import io.rateguard.drills.ground.Ground;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Redis is paused, killed, emptied and started again under load, one after the other. */
public final class StoreDrill {

    private static final Duration WINDOW = Duration.ofSeconds(10);

    /** Limits are right that soon after Redis's return. */
    private static final Duration LIMITS_RIGHT = Duration.ofSeconds(1);

    /** Half a minute for proxies that do not report, a minute for an intake that is behind. */
    private static final Duration BUDGETS_RIGHT = Duration.ofSeconds(90);

    private StoreDrill() {}

    public static Findings run(Programs programs, long seed, PrintStream progress)
            throws IOException, InterruptedException {
        progress.println("store: starting servers and services…");
        try (Ground ground = new Ground(programs)) {
            Stage stage = new Stage(ground, seed, WINDOW);
            List<Outage> outages = new ArrayList<>();
            for (Fault fault : Fault.ALL) {
                progress.println("store: Redis " + fault.name() + "…");
                outages.add(stage.suffer(fault));
            }
            return findings(stage, outages, ground.events());
        }
    }

    private static Findings findings(Stage stage, List<Outage> outages, List<RequestEvent> events) {
        Findings findings = new Findings()
                .say(
                        "%d proxies, each with callers of three keys: one under a limit of %d requests in any %d s, which"
                                + " they would overrun, one under an elastic and one under a strict budget. Redis has 50 ms"
                                + " to answer.\n\n- *without*: calls that a failure policy decided in place of Redis\n"
                                + "- *over*: the most that passed within %d s, beyond the limit; *may be*: each proxy's share of %d"
                                + " where one of them decided for itself, and once more the limit where it was emptied\n"
                                + "- *limits*, *budgets*: from Redis's return until every proxy counts by it again\n"
                                + "- *apart*: what is counted of both budgets less what the ledger has, nano-dollars",
                        Stage.PROXIES, Stage.LIMIT, WINDOW.toSeconds(), WINDOW.toSeconds(), Stage.SHARE);
        Table table = new Table("Redis", "without", "over", "may be", "limits", "budgets", "apart");
        for (Outage outage : outages) {
            Observed seen = Observed.between(events, outage.goneAtMillis() - WINDOW.toMillis(), outage.rightAtMillis());
            judge(findings, table, stage, outage, seen);
        }
        return findings.show(table)
                .promise(
                        "nothing but 200, 429 and 503 is answered",
                        stage.unexpected().isEmpty(),
                        stage.unexpected().isEmpty()
                                ? "so it was"
                                : stage.unexpected().toString());
    }

    private static void judge(Findings findings, Table table, Stage stage, Outage outage, Observed seen) {
        Fault fault = outage.fault();
        long over = Math.max(0, seen.mostWithin(WINDOW, stage.limited()) - Stage.LIMIT);
        long mayBe = (seen.degraded(stage.limited()) > 0 ? (long) Stage.PROXIES * Stage.SHARE : 0)
                + (fault.emptied() ? Stage.LIMIT : 0);
        table.row(
                fault.name(),
                Figures.count(seen.degraded()),
                Figures.count(over),
                Figures.count(mayBe),
                seconds(outage.limitsRight()),
                seconds(outage.budgetsRight()),
                Figures.count(outage.differenceNanos()));
        findings.promise(fault.name() + ": no more over the limit than the shares", 0, over, mayBe, "requests")
                .promise(
                        fault.name() + ": limits are right within a second",
                        isWithin(LIMITS_RIGHT, outage.limitsRight()),
                        seconds(outage.limitsRight()))
                .promise(
                        fault.name() + ": budgets are right within 90 seconds",
                        isWithin(BUDGETS_RIGHT, outage.budgetsRight()),
                        seconds(outage.budgetsRight()))
                .promise(
                        fault.name() + ": a strict budget lets nothing pass without Redis",
                        0,
                        seen.passedWithoutRedis(stage.strict()),
                        0,
                        "passed")
                .promise(
                        fault.name() + ": what is counted is what the ledger has",
                        outage.differenceNanos() == 0,
                        Figures.count(outage.differenceNanos()) + " nano-dollars apart");
    }

    private static boolean isWithin(Duration most, Optional<Duration> seen) {
        return seen.filter(it -> it.compareTo(most) <= 0).isPresent();
    }

    private static String seconds(Optional<Duration> seen) {
        return seen.map(Figures::seconds).orElse("never");
    }
}
