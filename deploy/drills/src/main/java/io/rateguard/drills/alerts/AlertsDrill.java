package io.rateguard.drills.alerts;

import io.rateguard.bed.Service;
import io.rateguard.drills.Durations;
import io.rateguard.drills.Figures;
import io.rateguard.drills.Findings;
import io.rateguard.drills.Programs;
import io.rateguard.drills.Table;
import io.rateguard.drills.ground.Ground;
import io.rateguard.embedded.EmbeddedClickHouse;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Budgets come to their thresholds again and again while three alerts services run, one of which is killed now and then,
 * and every crossing is told of three times: how soon each is in its receiver's hands, and how often.
 */
public final class AlertsDrill {

    private static final int PROXIES = 2;
    private static final int SERVICES = 3;
    private static final int PERCENT = 99;
    private static final Duration PROMISED = Duration.ofSeconds(10);
    private static final Duration MOST = Duration.ofMinutes(2);

    /** What a service may have in its hands. */
    private static final int AT_ONCE = 32;

    private final Ground ground;
    private final Receivers receivers;
    private final Scale scale;
    private final Random random;

    private AlertsDrill(Ground ground, Receivers receivers, Scale scale, long seed) {
        this.ground = ground;
        this.receivers = receivers;
        this.scale = scale;
        this.random = new Random(seed);
    }

    public static Findings run(Programs programs, long seed, PrintStream progress)
            throws IOException, InterruptedException {
        return run(programs, seed, Scale.FULL, progress);
    }

    static Findings run(Programs programs, long seed, Scale scale, PrintStream progress)
            throws IOException, InterruptedException {
        progress.println("alerts: starting servers and services…");
        try (Ground ground = new Ground(programs);
                Receivers receivers = new Receivers()) {
            return new AlertsDrill(ground, receivers, scale, seed).measure(progress);
        }
    }

    private Findings measure(PrintStream progress) throws InterruptedException {
        Scene scene = Scene.set(ground, receivers, scale, Spending.COST_NANOS);
        EmbeddedClickHouse clickhouse = ground.startClickHouse();
        ground.startIntake("intake", clickhouse, Map.of());
        List<Service> services = new ArrayList<>();
        for (int i = 0; i < SERVICES; i++) {
            services.add(ground.startAlerts("alerts-" + i, clickhouse, receivers.settings()));
        }
        for (int i = 0; i < PROXIES; i++) {
            // On a busy machine every answer of Redis counts, however late.
            ground.startProxy(Map.of("RATEGUARD_REDIS_DEADLINE", "30s", "RATEGUARD_REDIS_ADMISSIONWAIT", "30s"));
        }
        try (Repeater repeater = new Repeater(ground.kafka().access().bootstrapServers());
                Spending spending = new Spending(ground.proxies(), scene, scale, random)) {
            killServices(services, progress);
            spending.awaitSpent();
            progress.println("alerts: all is spent; waiting for the last messages…");
            // What never comes is a promise broken, and said with the others.
            var _ = Ground.within(MOST, () -> receivers.told() >= scale.tellings() && undelivered() == 0);
            return findings(spending, repeater);
        }
    }

    private void killServices(List<Service> services, PrintStream progress) {
        long start = System.nanoTime();
        long apart = scale.whole().dividedBy(scale.kills() + 1L).toNanos();
        for (int i = 0; i < scale.kills(); i++) {
            Ground.awaitTime(start + (i + 1) * apart + random.nextLong(apart / 2));
            progress.println("alerts: " + Figures.count(receivers.told()) + " told; alerts service killed…");
            Service service = services.get(i % SERVICES);
            service.kill();
            service.startAgain();
        }
    }

    private Findings findings(Spending spending, Repeater repeater) {
        Map<Received.Telling, List<Received>> heard = receivers.received().stream()
                .sorted(Comparator.comparingLong(Received::atNanos))
                .collect(Collectors.groupingBy(Received::telling));
        Map<Threshold, Long> ended = spending.ended();
        Findings findings = new Findings()
                .say(
                        "%d alerts services, %d proxies, Kafka, an intake. %d budgets come to %d thresholds each, one every"
                                + " %d s, and each threshold is told by email, by Slack and by a webhook. %s requests that"
                                + " cross nothing go beside them. Every crossing is told of twice more, once where another"
                                + " service reads; so often a service is killed and started again: %d. The time is from the"
                                + " end of the request that crosses, as its caller saw it, to the message in its"
                                + " receiver's hands.",
                        SERVICES,
                        PROXIES,
                        scale.budgets(),
                        scale.thresholds(),
                        scale.every().toSeconds(),
                        Figures.count(spending.beside()),
                        scale.kills());
        Table table = new Table("by", "told", "p50", "p99", "most", "came twice");
        List<Duration> all = new ArrayList<>();
        for (Medium medium : Medium.values()) {
            List<Duration> took = heard.entrySet().stream()
                    .filter(each -> each.getKey().medium() == medium)
                    .map(each -> took(ended, each.getKey(), each.getValue().getFirst()))
                    .toList();
            all.addAll(took);
            row(table, medium.wireName(), took, repeats(heard, medium));
        }
        long twice = heard.values().stream().mapToLong(each -> each.size() - 1).sum();
        row(table, "all", all, twice);
        Durations sorted = Durations.of(all);
        return findings.show(table)
                .promise(
                        "every request passed",
                        spending.unexpected().isEmpty(),
                        spending.unexpected().isEmpty()
                                ? "so it did"
                                : spending.unexpected().toString())
                .promise("each crossing is one", scale.crossings(), crossings(), scale.crossings(), "crossings")
                .promise(
                        "every crossing was told of twice more",
                        2L * scale.crossings(),
                        repeater.repeated(),
                        2L * scale.crossings(),
                        "told again")
                .promise(
                        "each is one delivery to each channel",
                        scale.tellings(),
                        deliveries(),
                        scale.tellings(),
                        "deliveries")
                .promise("every delivery is marked as delivered", 0, undelivered(), 0, "are not")
                .promise(
                        "every threshold was told by every medium",
                        scale.tellings(),
                        heard.size(),
                        scale.tellings(),
                        "told")
                .promise("nothing came more than twice", 0, many(heard), 0, "did")
                .promise(
                        "what came twice had been in the hands of a service that was killed",
                        0,
                        twice,
                        (long) AT_ONCE * scale.kills(),
                        "repeats")
                .promise("a repeat says that it is one", 0, underOtherIds(heard), 0, "under another id")
                .promise(
                        "every channel heard a budget's thresholds in their order", 0, outOfOrder(heard), 0, "were not")
                .promise(
                        "99 of 100 messages are there within 10 s",
                        sorted.percentile(PERCENT).compareTo(PROMISED) <= 0,
                        Figures.seconds(sorted.percentile(PERCENT)));
    }

    private static void row(Table table, String name, List<Duration> took, long twice) {
        Durations sorted = Durations.of(took);
        table.row(
                name,
                Figures.count(took.size()),
                sorted.shown(50),
                sorted.shown(PERCENT),
                sorted.shown(100),
                Figures.count(twice));
    }

    private static Duration took(Map<Threshold, Long> ended, Received.Telling telling, Received first) {
        long since = ended.getOrDefault(telling.threshold(), first.atNanos());
        return Duration.ofNanos(Math.max(0, first.atNanos() - since));
    }

    private static long repeats(Map<Received.Telling, List<Received>> heard, Medium medium) {
        return heard.entrySet().stream()
                .filter(each -> each.getKey().medium() == medium)
                .mapToLong(each -> each.getValue().size() - 1)
                .sum();
    }

    private static long many(Map<Received.Telling, List<Received>> heard) {
        return heard.values().stream().filter(each -> each.size() > 2).count();
    }

    private static long underOtherIds(Map<Received.Telling, List<Received>> heard) {
        return heard.values().stream()
                .filter(each -> each.stream().map(Received::id).distinct().count() > 1)
                .count();
    }

    private static long outOfOrder(Map<Received.Telling, List<Received>> heard) {
        return heard.entrySet().stream()
                .filter(each -> {
                    Threshold threshold = each.getKey().threshold();
                    List<Received> before = heard.get(new Received.Telling(
                            each.getKey().medium(),
                            new Threshold(threshold.budget(), threshold.percent() - Scene.TENTH_PERCENT)));
                    return before != null
                            && before.getFirst().atNanos()
                                    > each.getValue().getFirst().atNanos();
                })
                .count();
    }

    private long crossings() {
        return ground.database().number("SELECT count(*) FROM crossings");
    }

    private long deliveries() {
        return ground.database().number("SELECT count(*) FROM deliveries");
    }

    private long undelivered() {
        return ground.database().number("SELECT count(*) FROM deliveries WHERE state <> 'delivered'");
    }
}
