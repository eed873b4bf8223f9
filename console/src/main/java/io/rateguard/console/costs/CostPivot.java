package io.rateguard.console.costs;

import io.rateguard.analytics.question.UsageRow;
import io.rateguard.domain.money.Money;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Costs cut by one dimension, each part by the next one, and so on; the dearest first.
 *
 * @param cost of everything, also of what is in no part
 * @param parts with what is left over last
 */
public record CostPivot(Money cost, long requests, List<Part> parts) {

    static final String REST = "Everything else";

    /**
     * A part of the whole, or of another part.
     *
     * @param path the values from the outermost part on, of which no two are the same; empty for what is left over
     * @param name what people call the last of them
     */
    public record Part(List<String> path, String name, Money cost, long requests, List<Part> parts) {

        boolean isRest() {
            return path.isEmpty();
        }
    }

    /**
     * @param whole what everything comes to; null where nothing happened
     * @param rows split by all of these dimensions
     */
    static CostPivot of(@Nullable UsageRow whole, List<UsageRow> rows, List<Dimension> by, PartNames names) {
        Money cost = whole == null ? Money.ZERO : Money.ofNanos(whole.costNanos());
        long requests = whole == null ? 0 : whole.requests();
        List<Part> parts = new ArrayList<>(parts(List.of(), rows, by, names));
        long restNanos = Math.subtractExact(cost.nanos(), nanos(rows));
        long restRequests = requests - requests(rows);
        if (restRequests > 0 || restNanos != 0) {
            parts.add(new Part(List.of(), REST, Money.ofNanos(restNanos), restRequests, List.of()));
        }
        return new CostPivot(cost, requests, List.copyOf(parts));
    }

    /** What a part cost; nothing where there is no such part, unless it may be one of those that are left over. */
    public Optional<Money> cost(List<String> path) {
        Optional<Part> rest = parts.stream().filter(Part::isRest).findFirst();
        List<Part> among = parts;
        Optional<Part> part = path.isEmpty() ? rest : Optional.empty();
        for (int i = 1; i <= path.size(); i++) {
            List<String> prefix = path.subList(0, i);
            part = among.stream().filter(each -> each.path().equals(prefix)).findFirst();
            among = part.map(Part::parts).orElse(List.of());
        }
        boolean isWhole = rest.isEmpty();
        return part.map(Part::cost).or(() -> isWhole ? Optional.of(Money.ZERO) : Optional.empty());
    }

    private static List<Part> parts(
            List<String> path, List<UsageRow> rows, List<Dimension> by, PartNames names) {
        if (by.isEmpty()) {
            return List.of();
        }
        Dimension outermost = by.getFirst();
        Map<String, List<UsageRow>> grouped = new LinkedHashMap<>();
        for (UsageRow row : rows) {
            grouped.computeIfAbsent(names.value(outermost, row), each -> new ArrayList<>())
                    .add(row);
        }
        return grouped.entrySet().stream()
                .map(each -> {
                    List<String> own = new ArrayList<>(path);
                    own.add(each.getKey());
                    List<UsageRow> inside = each.getValue();
                    return new Part(
                            List.copyOf(own),
                            names.name(outermost, each.getKey()),
                            Money.ofNanos(nanos(inside)),
                            requests(inside),
                            parts(own, inside, by.subList(1, by.size()), names));
                })
                .sorted(Comparator.comparingLong((Part part) -> part.cost().nanos())
                        .thenComparingLong(Part::requests)
                        .reversed())
                .toList();
    }

    private static long nanos(List<UsageRow> rows) {
        return rows.stream().mapToLong(UsageRow::costNanos).reduce(0, Math::addExact);
    }

    private static long requests(List<UsageRow> rows) {
        return rows.stream().mapToLong(UsageRow::requests).sum();
    }
}
