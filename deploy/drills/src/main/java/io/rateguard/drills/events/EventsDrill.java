package io.rateguard.drills.events;

import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.drills.Figures;
import io.rateguard.drills.Findings;
import io.rateguard.drills.Programs;
import io.rateguard.drills.Table;
import io.rateguard.drills.ground.Ground;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Events go from proxies to ClickHouse while each part on their way dies; in the end all figures equal the receipts. */
public final class EventsDrill {

    private static final Duration TAKEN_IN = Duration.ofMinutes(30);

    /** What the call of a proxy that was killed, or its caller's receipt of it, can have come to. */
    private static final Set<String> OUTCOMES_WITHOUT_RECEIPT = Set.of("interrupted", "completed", "client-gone");

    private EventsDrill() {}

    public static Findings run(Programs programs, long seed, Scale scale, PrintStream progress)
            throws IOException, InterruptedException {
        progress.println("events: starting servers and services…");
        Random random = new Random(seed);
        List<Fault> faults = Fault.drawn(scale, random);
        try (Ground ground = new Ground(programs);
                Parts parts = new Parts(ground);
                Generator generator = new Generator(ground.kafka().access().bootstrapServers(), scale, random)) {
            Calls calls = new Calls(ground.proxies(), parts.key(), random);
            Table happened = new Table("what happened", "after events", "seen");
            List<String> missed = new ArrayList<>();
            try (calls) {
                generator.start();
                for (Fault fault : faults) {
                    Ground.await(fault.atEvent() + " events", TAKEN_IN, () -> generator.sent() >= fault.atEvent());
                    int after = generator.sent();
                    progress.println("events: " + Figures.count(after) + " sent; " + fault.name() + "…");
                    String seen = fault.happen().apply(parts);
                    happened.row(fault.name(), Figures.count(after), seen.isEmpty() ? "missed" : seen);
                    if (seen.isEmpty()) {
                        missed.add(fault.name());
                    }
                }
                progress.println("events: all has happened; sending the rest…");
                generator.finish();
            }
            parts.closeProxies();
            progress.println("events: taking in the rest…");
            Duration takenIn = parts.awaitTakenIn(TAKEN_IN);
            Findings findings = new Findings()
                    .say(
                            "%d proxies, Kafka, %d intakes, ClickHouse. %s events come from a generator, which sends to Kafka as"
                                    + " proxies send their journals: a proxy on this machine would take hours. Its journals"
                                    + " died %d times and sent at least %s events again. %s calls go through the proxies. The"
                                    + " last event was in ClickHouse %s after all of them were in Kafka.",
                            Parts.PROXIES,
                            Parts.INTAKES,
                            Figures.count(generator.sent()),
                            generator.deaths(),
                            Figures.count(generator.sentAgain()),
                            Figures.count(calls.receipts().size()),
                            Figures.seconds(takenIn))
                    .show(happened)
                    .promise(
                            "all that was to happen has happened",
                            missed.isEmpty(),
                            missed.isEmpty() ? "so it has" : missed.toString());
            judge(findings, parts, generator.receipts(), calls);
            return findings;
        }
    }

    private static void judge(Findings findings, Parts parts, Map<WorkspaceId, Sums> generated, Calls calls) {
        Map<String, Long> receipts = calls.receipts();
        List<Tables.Row> recorded = parts.tables().rows(parts.workspace());
        Map<String, Long> costs = new HashMap<>();
        recorded.forEach(row -> costs.put(row.id(), row.costNanos()));
        long unequal = receipts.entrySet().stream()
                .filter(receipt -> !receipt.getValue().equals(costs.get(receipt.getKey())))
                .count();
        List<Tables.Row> without =
                recorded.stream().filter(row -> !receipts.containsKey(row.id())).toList();
        Sums told = receipts.values().stream().reduce(Sums.NONE, Sums::plusOne, Sums::plus);
        Sums untold = without.stream().map(Tables.Row::costNanos).reduce(Sums.NONE, Sums::plusOne, Sums::plus);
        Map<WorkspaceId, Sums> expected = new HashMap<>(generated);
        expected.put(parts.workspace(), told.plus(untold));

        Table sums = new Table("", "requests", "nano-dollars");
        row(sums, "receipts of the generator", total(generated));
        row(sums, "receipts of callers", told);
        row(sums, "recorded of calls without an answer", untold);
        row(sums, "all of these", total(expected));
        findings.promise("every receipt of a caller is recorded at its cost", 0, unequal, 0, "are not")
                .promise("no request is recorded twice", 0, parts.tables().twice(), 0, "are")
                .promise(
                        "calls that are recorded without a receipt were cut, and are no more than got no answer",
                        without.size() <= calls.unanswered()
                                && without.stream().allMatch(row -> OUTCOMES_WITHOUT_RECEIPT.contains(row.outcome())),
                        "%s of %s".formatted(Figures.count(without.size()), Figures.count(calls.unanswered())));
        for (Tables.Counted table : tables()) {
            Map<WorkspaceId, Sums> seen = parts.tables().sums(table);
            row(sums, table.name(), total(seen));
            long apart = expected.entrySet().stream()
                    .filter(each -> !each.getValue().equals(seen.getOrDefault(each.getKey(), Sums.NONE)))
                    .count();
            findings.promise(
                    table.name() + ": count and cost of the receipts, to the nano-dollar",
                    apart == 0 && seen.keySet().equals(expected.keySet()),
                    Figures.text("%d of %d workspaces apart", apart, expected.size()));
        }
        findings.show(sums);
        Table cut = new Table("recorded without a receipt", "outcome", "nano-dollars");
        without.forEach(row -> cut.row(row.id(), row.outcome(), Figures.count(row.costNanos())));
        findings.show(cut);
    }

    private static List<Tables.Counted> tables() {
        return Stream.concat(Stream.of(Tables.RAW), Tables.ROLLUPS.stream()).toList();
    }

    private static void row(Table table, String name, Sums sums) {
        table.row(name, Figures.count(sums.requests()), Figures.count(sums.costNanos()));
    }

    private static Sums total(Map<WorkspaceId, Sums> sums) {
        return sums.values().stream().reduce(Sums.NONE, Sums::plus);
    }
}
