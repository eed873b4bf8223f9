package io.rateguard.drills.window;

import io.rateguard.domain.limit.LimitUnit;
import io.rateguard.domain.limit.SlidingWindow;
import io.rateguard.drills.Figures;
import io.rateguard.drills.Findings;
import io.rateguard.drills.Programs;
import io.rateguard.drills.Table;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How far the sliding window's two-window formula is from a log of every request. */
public final class WindowDrill {

    private static final int MAX = 1_000;
    private static final int WINDOWS = 200;
    private static final SlidingWindow LIMIT = new SlidingWindow(LimitUnit.REQUESTS, MAX, Duration.ofSeconds(60));

    private WindowDrill() {}

    public static Findings run(Programs programs, long seed, PrintStream progress) {
        return findings(measure(seed));
    }

    private static Map<Arrivals, Comparison> measure(long seed) {
        Arrivals.Stretch stretch = new Arrivals.Stretch(LIMIT.window().toMillis(), WINDOWS, MAX);
        Map<Arrivals, Comparison> measured = new LinkedHashMap<>();
        Arrivals.ALL.forEach(arrivals -> measured.put(arrivals, Comparison.of(LIMIT, arrivals.in(stretch, seed))));
        return measured;
    }

    private static Findings findings(Map<Arrivals, Comparison> measured) {
        Findings findings = new Findings()
                .say(
                        "A sliding window of %s requests a minute, counted in two windows of fixed bounds, over %d minutes of"
                                + " each kind of arrivals. *Over*: the most that passed within any minute, beyond the"
                                + " limit. *Held back*: the most that a log of every request would still have had room"
                                + " for when the formula refused.",
                        Figures.count(MAX), WINDOWS);
        Table table = new Table("arrivals", "offered", "passed", "a log passes", "over", "held back");
        measured.forEach((arrivals, seen) -> table.row(
                arrivals.name(),
                Figures.count(seen.offered()),
                Figures.count(seen.passed()),
                Figures.count(seen.exact()),
                Figures.percent(seen.mostOver(), MAX),
                Figures.percent(seen.mostHeldBack(), MAX)));
        findings.show(table);
        long inOneWindow = measured.values().stream()
                .mapToLong(Comparison::mostInOneWindow)
                .max()
                .orElse(0);
        long over =
                measured.values().stream().mapToLong(Comparison::mostOver).max().orElse(0);
        Comparison below = measured.get(Arrivals.EVEN_BELOW);
        if (below == null) {
            throw new IllegalStateException("not measured: " + Arrivals.EVEN_BELOW);
        }
        return findings.promise("never more than the limit in a window of fixed bounds", 0, inOneWindow, MAX, "at most")
                .promise("always less than twice the limit within a window's length", 0, over, MAX - 1, "over at most")
                .promise(
                        "nothing is refused of what comes evenly and below the limit",
                        below.passed() == below.offered(),
                        Figures.count(below.offered() - below.passed()) + " refused");
    }
}
