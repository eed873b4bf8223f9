package io.rateguard.console.costs;

import io.rateguard.analytics.question.UsageRow;
import io.rateguard.domain.money.Money;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Costs cut by one dimension, each part by the next one, and so on; the dearest first.
 *
 * @param cost of everything, also of what is in no part
 * @param parts with what is left over last
 */
public record CostPivot(Money cost, long requests, List<Part> parts) {

    static final String REST = "Everything else";
    static final CostPivot NOTHING = new CostPivot(Money.ZERO, 0, List.of());

    /**
     * A part of the whole, or of another part.
     *
     * @param path the values from the outermost part on; of what is left over those of the part that it is left over of
     * @param name what people call the last of them
     * @param isRest whether it is what is left over
     */
    public record Part(List<String> path, String name, boolean isRest, Money cost, long requests, List<Part> parts) {}

    /**
     * @param levels what was asked by none of the dimensions, by the first one, by the first two, and so on to all of them;
     *     each complete but for its cheapest rows, and none older than the next one
     */
    static CostPivot of(List<List<UsageRow>> levels, List<Dimension> by, PartNames names) {
        List<Map<List<String>, Sum>> sums = new ArrayList<>();
        for (int depth = 0; depth < levels.size(); depth++) {
            sums.add(sums(levels.get(depth), by.subList(0, depth), names));
        }
        return built(sums, by, names);
    }

    /** @param rows everything there is, split by all of these dimensions */
    static CostPivot ofAll(List<UsageRow> rows, List<Dimension> by, PartNames names) {
        List<Map<List<String>, Sum>> sums = new ArrayList<>();
        for (int depth = 0; depth <= by.size(); depth++) {
            sums.add(sums(rows, by.subList(0, depth), names));
        }
        return built(sums, by, names);
    }

    private static CostPivot built(List<Map<List<String>, Sum>> sums, List<Dimension> by, PartNames names) {
        Sum whole = sums.getFirst().getOrDefault(List.of(), Sum.NOTHING);
        return new CostPivot(
                Money.ofNanos(whole.nanos()), whole.requests(), parts(List.of(), whole, inside(sums), by, names));
    }

    /** What a part cost; nothing where there is no such part, unless it may be one of those that are left over. */
    public Optional<Money> cost(Part wanted) {
        List<Part> among = parts;
        for (int i = 1; i <= wanted.path().size(); i++) {
            List<String> prefix = wanted.path().subList(0, i);
            Optional<Part> part = among.stream()
                    .filter(each -> !each.isRest() && each.path().equals(prefix))
                    .findFirst();
            if (part.isEmpty()) {
                return among.stream().anyMatch(Part::isRest) ? Optional.empty() : Optional.of(Money.ZERO);
            }
            if (i == wanted.path().size() && !wanted.isRest()) {
                return part.map(Part::cost);
            }
            among = part.get().parts();
        }
        return Optional.of(
                among.stream().filter(Part::isRest).findFirst().map(Part::cost).orElse(Money.ZERO));
    }

    private static Map<List<String>, Sum> sums(List<UsageRow> rows, List<Dimension> by, PartNames names) {
        Map<List<String>, Sum> sums = new LinkedHashMap<>();
        for (UsageRow row : rows) {
            sums.merge(
                    by.stream().map(each -> names.value(each, row)).toList(),
                    new Sum(row.costNanos(), row.requests()),
                    Sum::plus);
        }
        return sums;
    }

    /** The parts of each part, by its path. */
    private static Map<List<String>, Map<List<String>, Sum>> inside(List<Map<List<String>, Sum>> sums) {
        Map<List<String>, Map<List<String>, Sum>> inside = new HashMap<>();
        sums.stream()
                .skip(1)
                .forEach(level -> level.forEach((path, sum) -> inside.computeIfAbsent(
                                path.subList(0, path.size() - 1), each -> new LinkedHashMap<>())
                        .put(path, sum)));
        return inside;
    }

    private static List<Part> parts(
            List<String> path,
            Sum sum,
            Map<List<String>, Map<List<String>, Sum>> inside,
            List<Dimension> by,
            PartNames names) {
        if (by.isEmpty()) {
            return List.of();
        }
        List<Part> parts = new ArrayList<>();
        Sum rest = sum;
        for (Map.Entry<List<String>, Sum> each :
                inside.getOrDefault(path, Map.of()).entrySet()) {
            Sum own = each.getValue();
            rest = rest.minus(own);
            parts.add(new Part(
                    each.getKey(),
                    names.name(by.getFirst(), each.getKey().getLast()),
                    false,
                    Money.ofNanos(own.nanos()),
                    own.requests(),
                    parts(each.getKey(), own, inside, by.subList(1, by.size()), names)));
        }
        parts.sort(Comparator.comparingLong((Part part) -> part.cost().nanos())
                .thenComparingLong(Part::requests)
                .reversed());
        if (!rest.equals(Sum.NOTHING)) {
            parts.add(new Part(path, REST, true, Money.ofNanos(rest.nanos()), rest.requests(), List.of()));
        }
        return List.copyOf(parts);
    }

    private record Sum(long nanos, long requests) {

        static final Sum NOTHING = new Sum(0, 0);

        Sum plus(Sum other) {
            return new Sum(Math.addExact(nanos, other.nanos), requests + other.requests);
        }

        Sum minus(Sum other) {
            return new Sum(Math.subtractExact(nanos, other.nanos), requests - other.requests);
        }
    }
}
