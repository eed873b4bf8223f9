package io.rateguard.bench;

import static java.util.Locale.ROOT;

import io.rateguard.bed.Machine;
import io.rateguard.bench.load.LoadResult;
import io.rateguard.bench.load.Target;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The results as people read them, and as programs do. */
record Report(Machine machine, Plan plan, Results results, long answeredByRateGuard, long eventsInKafka) {

    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(machine.described()).append("\n\n");
        text.append("Throughput: closed loop, ")
                .append(plan.connections())
                .append(" connections, median of ")
                .append(plan.closedRounds())
                .append(" interleaved rounds (least–most); processor time per answered request in µs.\n\n");
        text.append("| | requests/s | proxy | upstream | load generator | Redis | Kafka |\n");
        text.append("|---|--:|--:|--:|--:|--:|--:|\n");
        results.closed().forEach((name, samples) -> text.append(throughput(name, samples)));
        text.append("\nLatency: open loop at ")
                .append(String.format(ROOT, "%,.0f", results.rate()))
                .append(
                        "/s, half of what RateGuard answers at most; milliseconds from the instant a request was due.\n\n");
        text.append("| | p50 | p99 | proxy µs |\n|---|--:|--:|--:|\n");
        results.open()
                .forEach((name, samples) -> text.append("| %s | %s | %s | %s |%n"
                        .formatted(
                                name,
                                shown(
                                        Results.median(
                                                samples, sample -> sample.load().p50Micros() / 1_000),
                                        "%.2f"),
                                shown(
                                        Results.median(
                                                samples, sample -> sample.load().p99Micros() / 1_000),
                                        "%.2f"),
                                name.equals("direct") ? "–" : shown(cpu(samples, Comparison.PROXY), "%.0f"))));
        text.append("\nRateGuard against the bare proxy, each round with its own:\n\n");
        text.append("| | median (least–most) | aim |\n|---|--:|--:|\n");
        text.append(row("proxy CPU per request", shown(cpuRatio(Contender.BARE), "%.2f"), "≤ 1.6 ×"));
        text.append(row("the same at the same rate (open loop)", shown(cpuRatioAtSameRate(), "%.2f"), ""));
        text.append(row("throughput of the whole box", shown(throughputRatio(Contender.BARE), "%.2f"), ""));
        text.append(row("added p50, ms", shown(added(sample -> sample.load().p50Micros()), "%.2f"), "≤ 0.3"));
        text.append(row("added p99, ms", shown(added(sample -> sample.load().p99Micros()), "%.2f"), "≤ 2"));
        if (results.closed().containsKey(Contender.EARLIER)) {
            text.append(row("proxy CPU against the earlier build", shown(cpuRatio(Contender.EARLIER), "%.2f"), ""));
            text.append(row("throughput against it", shown(throughputRatio(Contender.EARLIER), "%.2f"), ""));
        }
        streams(text);
        text.append("\nRateGuard's processor time by thread: ")
                .append(threads())
                .append(".\n");
        text.append(String.format(
                ROOT,
                "Failures: %d. Events in Kafka: %,d; requests answered in measured time: %,d.%n",
                results.failures(),
                eventsInKafka,
                answeredByRateGuard));
        return text.toString();
    }

    private void streams(StringBuilder text) {
        text.append("\nStreams: ")
                .append(plan.streams())
                .append(" at once, each of ")
                .append(Target.CHUNKS)
                .append(" chunks, one every ")
                .append(Target.CHUNK_EVERY_MILLIS)
                .append(
                        " ms; from the upstream's write to the caller's read, and per chunk what its stream costs in all"
                                + " (a hundredth of its request included).\n\n");
        text.append("| | chunks | p50 µs | p99 µs | proxy CPU µs | event loops allocate, bytes |\n");
        text.append("|---|--:|--:|--:|--:|--:|\n");
        results.streams()
                .forEach((name, samples) -> text.append(String.format(
                        ROOT,
                        "| %s | %,d | %s | %s | %s | %s |%n",
                        name,
                        samples.stream()
                                .mapToLong(sample -> sample.load().chunks())
                                .sum(),
                        shown(Results.median(samples, sample -> sample.load().chunkP50Micros()), "%.0f"),
                        shown(Results.median(samples, sample -> sample.load().chunkP99Micros()), "%.0f"),
                        name.equals("direct") ? "–" : shown(cpu(samples, Comparison.PROXY), "%.1f"),
                        name.equals("direct")
                                ? "–"
                                : shown(Results.median(samples, Sample::allocatedBytes), "%,.0f"))));
        text.append("\n| RateGuard against the bare proxy, per chunk | median (least–most) | aim |\n|---|--:|--:|\n");
        text.append(row("added p50, µs", shown(addedToChunks(LoadResult::chunkP50Micros), "%.0f"), ""));
        text.append(row("added p99, µs", shown(addedToChunks(LoadResult::chunkP99Micros), "%.0f"), "≤ 50"));
    }

    private Median addedToChunks(ToDoubleFunction<LoadResult> micros) {
        return Results.compared(
                results.streams(),
                Contender.RATEGUARD,
                Contender.BARE,
                sample -> micros.applyAsDouble(sample.load()),
                (ours, bare) -> ours - bare);
    }

    String json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("machine", machine.described());
        root.put("openLoopPerSecond", results.rate());
        root.put("proxyCpuRatio", cpuRatio(Contender.BARE).value());
        root.put("proxyCpuRatioAtSameRate", cpuRatioAtSameRate().value());
        root.put("throughputRatio", throughputRatio(Contender.BARE).value());
        root.put("addedP50Millis", added(sample -> sample.load().p50Micros()).value());
        root.put("addedP99Millis", added(sample -> sample.load().p99Micros()).value());
        root.put("failures", results.failures());
        root.put("eventsInKafka", eventsInKafka);
        samples(root.putObject("closed"), results.closed());
        samples(root.putObject("open"), results.open());
        samples(root.putObject("streams"), results.streams());
        root.put(
                "chunkAddedP50Micros", addedToChunks(LoadResult::chunkP50Micros).value());
        root.put(
                "chunkAddedP99Micros", addedToChunks(LoadResult::chunkP99Micros).value());
        results.threadShares().forEach(root.putObject("threadShares")::put);
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static void samples(ObjectNode node, Map<String, List<Sample>> rounds) {
        rounds.forEach((name, samples) -> {
            var list = node.putArray(name);
            for (Sample sample : samples) {
                ObjectNode one = list.addObject();
                one.put("answered", sample.load().answered());
                one.put("perSecond", sample.load().perSecond());
                one.put("p50Micros", sample.load().p50Micros());
                one.put("p99Micros", sample.load().p99Micros());
                one.put("chunks", sample.load().chunks());
                one.put("chunkP50Micros", sample.load().chunkP50Micros());
                one.put("chunkP99Micros", sample.load().chunkP99Micros());
                one.put("allocatedBytes", sample.allocatedBytes());
                sample.cpuMicros().forEach(one.putObject("cpuMicros")::put);
            }
        });
    }

    private String throughput(String name, List<Sample> samples) {
        return "| %s | %s | %s | %s | %s | %s | %s |%n"
                .formatted(
                        name,
                        shown(Results.median(samples, sample -> sample.load().perSecond()), "%,.0f"),
                        name.equals("direct") ? "–" : shown(cpu(samples, Comparison.PROXY), "%.0f"),
                        shown(cpu(samples, "upstream"), "%.0f"),
                        shown(cpu(samples, "load"), "%.0f"),
                        isRateGuard(name) ? shown(cpu(samples, "redis"), "%.0f") : "–",
                        isRateGuard(name) ? shown(cpu(samples, "kafka"), "%.0f") : "–");
    }

    private static boolean isRateGuard(String name) {
        return name.equals(Contender.RATEGUARD) || name.equals(Contender.EARLIER);
    }

    private String threads() {
        return String.join(
                ", ",
                results.threadShares().entrySet().stream()
                        .map(entry -> String.format(ROOT, "%s %.0f %%", entry.getKey(), entry.getValue() * 100))
                        .toList());
    }

    private Median cpuRatio(String other) {
        return Results.compared(
                results.closed(),
                Contender.RATEGUARD,
                other,
                sample -> sample.cpu(Comparison.PROXY),
                (ours, bare) -> ours / bare);
    }

    /** At a low rate each request costs any proxy more: fewer of them share a turn of the event loop. */
    private Median cpuRatioAtSameRate() {
        return Results.compared(
                results.open(),
                Contender.RATEGUARD,
                Contender.BARE,
                sample -> sample.cpu(Comparison.PROXY),
                (ours, bare) -> ours / bare);
    }

    private Median throughputRatio(String other) {
        return Results.compared(
                results.closed(),
                Contender.RATEGUARD,
                other,
                sample -> sample.load().perSecond(),
                (ours, bare) -> ours / bare);
    }

    private Median added(ToDoubleFunction<Sample> micros) {
        return Results.compared(
                results.open(), Contender.RATEGUARD, Contender.BARE, micros, (ours, bare) -> (ours - bare) / 1_000);
    }

    private static Median cpu(List<Sample> samples, String process) {
        return Results.median(samples, sample -> sample.cpu(process));
    }

    private static String row(String what, String value, String aim) {
        return "| " + what + " | " + value + " | " + aim + " |\n";
    }

    private static String shown(Median median, String format) {
        return String.format(
                ROOT, format + " (" + format + "–" + format + ")", median.value(), median.least(), median.most());
    }
}
