package io.rateguard.proxy.dialect;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic that a fixture spells out, worked out by means of its own: {@code input = 1100 - 1024} for each class,
 * {@code rates: input 2.5, …} in dollars per million, and what that costs.
 *
 * @param counts by class, those above zero
 * @param provider whose price it is; empty where the fixture has none
 * @param rates by class
 * @param reported what the provider says it charges, in nano-dollars; none where it does not say
 * @param stated the cost that the fixture states, in nano-dollars
 */
record Account(
        Map<String, Long> counts,
        String provider,
        Map<String, BigDecimal> rates,
        @Nullable Long reported,
        long stated) {

    private static final Pattern COUNT = Pattern.compile("([a-z_0-9]+) = ([^=]+)");
    private static final Pattern TERM = Pattern.compile("([+-]?) ?(?:ceil\\((\\d+)/(\\d+)\\)|(\\d+))");
    private static final Pattern RATE = Pattern.compile("([a-z_0-9]+) ([0-9.]+)");
    private static final Pattern REPORTED = Pattern.compile("reported = (\\d+) nanos");
    private static final Pattern COST = Pattern.compile("cost = .+ = (\\d+) nanos");

    static Account of(List<String> lines) {
        Map<String, Long> counts = new LinkedHashMap<>();
        Map<String, BigDecimal> rates = Map.of();
        String provider = "";
        Long reported = null;
        long stated = 0;
        for (String line : lines) {
            Matcher count = COUNT.matcher(line);
            Matcher cost = COST.matcher(line);
            if (cost.matches()) {
                stated = Long.parseLong(cost.group(1));
            } else if (REPORTED.matcher(line).matches()) {
                reported = Long.valueOf(REPORTED.matcher(line).replaceAll("$1"));
            } else if (line.startsWith("rates: ")) {
                provider = line.substring(line.indexOf(" (") + 2, line.indexOf(", USD"));
                rates = RATE.matcher(line.substring("rates: ".length(), line.indexOf(" (")))
                        .results()
                        .collect(Collectors.toMap(it -> it.group(1), it -> new BigDecimal(it.group(2))));
            } else if (count.matches() && value(count.group(2)) > 0) {
                counts.put(count.group(1), value(count.group(2)));
            }
        }
        return new Account(counts, provider, rates, reported, stated);
    }

    /** In nano-dollars, rounded once, half-even. */
    long cost() {
        BigDecimal nanos = rates.entrySet().stream()
                .map(rate -> rate.getValue()
                        .multiply(BigDecimal.valueOf(counts.getOrDefault(rate.getKey(), 0L)))
                        .movePointRight(3))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return nanos.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    }

    private static long value(String arithmetic) {
        return TERM.matcher(arithmetic).results().mapToLong(Account::term).sum();
    }

    private static long term(MatchResult term) {
        long value = term.group(4) != null
                ? Long.parseLong(term.group(4))
                : (Long.parseLong(term.group(2)) + Long.parseLong(term.group(3)) - 1) / Long.parseLong(term.group(3));
        return term.group(1).equals("-") ? -value : value;
    }
}
