package io.rateguard.drills.policy;

import io.rateguard.bed.Service;
import io.rateguard.drills.Durations;
import io.rateguard.drills.Figures;
import io.rateguard.drills.Findings;
import io.rateguard.drills.Programs;
import io.rateguard.drills.Table;
import io.rateguard.drills.ground.Chat;
import io.rateguard.drills.ground.Ground;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Three proxies under load, and changes of keys, limits, APIs and workspaces that are in use: how long each proxy goes on
 * as before. In every other round the proxies have just lost their connections to PostgreSQL, that on which they hear of
 * changes among them.
 */
public final class PolicyDrill {

    private static final int PROXIES = 3;
    private static final int CALLERS = 4;
    private static final int ROUNDS = 20;
    private static final int PERCENT = 99;
    private static final Duration PROMISED = Duration.ofSeconds(1);
    private static final String CUT =
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity" + " WHERE usename = 'rateguard_proxy'";

    private final Ground ground;
    private final Random random;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Map<Change, List<Duration>> heard = new EnumMap<>(Change.class);
    private final Map<Change, List<Duration>> cutOff = new EnumMap<>(Change.class);
    private final LongAdder calls = new LongAdder();
    private int unexpected;
    private int targets;

    private PolicyDrill(Ground ground, long seed) {
        this.ground = ground;
        this.random = new Random(seed);
    }

    public static Findings run(Programs programs, long seed, PrintStream progress)
            throws IOException, InterruptedException {
        return run(programs, seed, ROUNDS, progress);
    }

    /** @param rounds each makes every change once */
    static Findings run(Programs programs, long seed, int rounds, PrintStream progress)
            throws IOException, InterruptedException {
        progress.println("policy: starting servers and three proxies…");
        try (Ground ground = new Ground(programs)) {
            for (int i = 0; i < PROXIES; i++) {
                ground.startProxy(Map.of());
            }
            return new PolicyDrill(ground, seed).measure(rounds, progress);
        }
    }

    private Findings measure(int rounds, PrintStream progress) throws InterruptedException {
        AtomicBoolean stopping = new AtomicBoolean();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                Target busy = Target.fresh(ground, "busy");
                for (Service proxy : ground.proxies()) {
                    for (int i = 0; i < CALLERS; i++) {
                        callers.execute(() -> callOn(proxy, busy, stopping));
                    }
                }
                for (int round = 0; round < rounds; round++) {
                    progress.println("policy: round " + (round + 1) + " of " + rounds + "…");
                    round(round % 2 == 1, callers);
                }
            } finally {
                stopping.set(true);
            }
        }
        return findings(rounds);
    }

    private void round(boolean cut, ExecutorService callers) throws InterruptedException {
        List<Change> changes = new ArrayList<>(List.of(Change.values()));
        while (!changes.isEmpty()) {
            make(changes.remove(random.nextInt(changes.size())), cut, callers);
        }
    }

    private void make(Change change, boolean cut, ExecutorService callers) throws InterruptedException {
        Target target = Target.fresh(ground, "target-" + targets++);
        List<Watch> watches = ground.proxies().stream()
                .map(proxy -> new Watch(http, proxy, target, change.status()))
                .toList();
        watches.forEach(callers::execute);
        for (Watch each : watches) {
            each.awaitPassing();
        }
        if (cut) {
            ground.database().execute(CUT);
        }
        change.make(ground.database(), target);
        long made = System.nanoTime();
        for (Watch each : watches) {
            (cut ? cutOff : heard)
                    .computeIfAbsent(change, none -> new ArrayList<>())
                    .add(each.lasted(made));
            if (each.unexpected() != 0) {
                unexpected = each.unexpected();
            }
        }
    }

    private void callOn(Service proxy, Target busy, AtomicBoolean stopping) {
        while (!stopping.get()) {
            try {
                http.send(
                        Chat.through(proxy, busy.key(), "demo-small", 50).build(),
                        HttpResponse.BodyHandlers.discarding());
                calls.increment();
            } catch (IOException away) {
                // The watches say what matters.
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private Findings findings(int rounds) {
        Findings findings = new Findings()
                .say(
                        "Three proxies under the load of %d callers (%s calls), %d rounds of %d changes, each to a workspace"
                                + " of its own with a caller at every proxy. The time is from the commit to the last"
                                + " request that a proxy still took as before. *Cut off*: in every other round the"
                                + " proxies' connections to PostgreSQL were ended just before the change.",
                        PROXIES * CALLERS, Figures.count(calls.sum()), rounds, Change.values().length);
        Table table = new Table("what happens", "p50", "p99", "most", "cut off: p50", "p99", "most");
        for (Change change : Change.values()) {
            Durations one = Durations.of(heard.getOrDefault(change, List.of()));
            Durations other = Durations.of(cutOff.getOrDefault(change, List.of()));
            table.row(
                    change.words(),
                    one.shown(50),
                    one.shown(PERCENT),
                    one.shown(100),
                    other.shown(50),
                    other.shown(PERCENT),
                    other.shown(100));
        }
        return findings.show(table)
                .promise("every request passed or met the change", unexpected == 0, "status " + unexpected)
                .promise("99 of 100 proxies go by a change within 1 s", isKept(heard), all(heard))
                .promise("so they do when they were just cut off", isKept(cutOff), all(cutOff));
    }

    private static boolean isKept(Map<Change, List<Duration>> measured) {
        return together(measured).percentile(PERCENT).compareTo(PROMISED) <= 0;
    }

    private static String all(Map<Change, List<Duration>> measured) {
        Durations all = together(measured);
        return Figures.text(
                "%s (%d samples, at most %s)",
                Figures.seconds(all.percentile(PERCENT)), all.sorted().size(), Figures.seconds(all.percentile(100)));
    }

    private static Durations together(Map<Change, List<Duration>> measured) {
        return Durations.of(measured.values().stream().flatMap(List::stream).toList());
    }
}
