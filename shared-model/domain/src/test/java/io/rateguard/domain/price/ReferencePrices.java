package io.rateguard.domain.price;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The published prices, understood once more and without a line of the import, so that what it gets wrong is not got
 * wrong here as well.
 */
final class ReferencePrices {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Instant LONG_AGO = Instant.parse("2024-01-01T00:00:00Z");

    private ReferencePrices() {}

    static List<Entry> read() {
        try (InputStream in = ReferencePrices.class.getResourceAsStream("/prices/genai-prices.json")) {
            List<Entry> entries = new ArrayList<>();
            for (JsonNode provider : JSON.readTree(in).get("providers")) {
                List<Entry> ofProvider = new ArrayList<>();
                provider.get("models")
                        .forEach(model ->
                                ofProvider.add(new Entry(provider.get("id").stringValue(), model, ofProvider)));
                entries.addAll(ofProvider);
            }
            ReferenceSteps.addTo(entries);
            return entries;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A model of the file, among those of its provider. */
    static final class Entry {

        final String provider;
        final String id;
        final List<Price> prices;

        private final JsonNode match;
        private final List<Entry> all;

        private Entry(String provider, JsonNode model, List<Entry> all) {
            this.provider = provider;
            this.id = model.get("id").stringValue();
            this.match = model.get("match");
            this.all = all;
            JsonNode stated = model.get("prices");
            if (stated.isArray()) {
                this.prices = stated.valueStream()
                        .map(price -> new Price(price.path("constraint"), price.get("prices")))
                        .toList();
            } else {
                this.prices = stated.isEmpty() ? List.of() : List.of(new Price(JSON.createObjectNode(), stated));
            }
        }

        /** Its id, and names made from its rules, which no other entry has as its id or claims by an earlier rule. */
        List<String> samples() {
            return Stream.concat(Stream.of(id), names(match))
                    .distinct()
                    .filter(name -> owner(name).orElse(null) == this)
                    .toList();
        }

        /** A time at which this price of it counts: the last of those that hold. */
        Instant timeOf(Price price) {
            return prices.stream()
                    .flatMap(Price::edges)
                    .filter(at -> prices.stream()
                                    .filter(other -> other.holds(at))
                                    .reduce((earlier, later) -> later)
                                    .orElse(null)
                            == price)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(this + " never costs " + price));
        }

        @Override
        public String toString() {
            return provider + "/" + id;
        }

        /** The entry of this one's provider that answers to a name. */
        Optional<Entry> owner(String name) {
            return all.stream()
                    .filter(entry -> entry.id.equals(name))
                    .findFirst()
                    .or(() -> all.stream()
                            .filter(entry -> matches(entry.match, name))
                            .findFirst());
        }
    }

    /** @param rates dollars per million tokens or thousand pieces, by the file's name of the class of use */
    record Price(JsonNode constraint, JsonNode rates) {

        /** What so many units of each class cost. */
        long costNanos(Map<String, Long> units, long inputTokens) {
            BigDecimal usd = BigDecimal.ZERO;
            for (Map.Entry<String, Long> used : units.entrySet()) {
                BigDecimal per = new BigDecimal(used.getKey().endsWith("_kcount") ? "1e3" : "1e6");
                usd = usd.add(rate(rates.get(used.getKey()), inputTokens)
                        .multiply(new BigDecimal(used.getValue()))
                        .divide(per));
            }
            return usd.movePointRight(9).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
        }

        /** Input tokens on both sides of every change of a rate with the context. */
        Stream<Long> contexts() {
            return Stream.concat(
                    Stream.of(100_000L),
                    rates.findValues("start").stream()
                            .map(JsonNode::longValue)
                            .flatMap(start -> Stream.of(start, start + 1))
                            .distinct());
        }

        private Stream<Instant> edges() {
            Stream<String> starts = constraint.has("start_date")
                    ? Stream.of(constraint.get("start_date").stringValue() + "T00:00:00Z")
                    : Stream.of("start_time", "end_time")
                            .filter(constraint::has)
                            .map(edge -> "2026-11-01T" + constraint.get(edge).stringValue());
            return Stream.concat(
                    Stream.of(LONG_AGO), starts.map(Instant::parse).flatMap(at -> Stream.of(at, at.minusMillis(1))));
        }

        /** Dates and times in UTC compare as the texts they are. */
        private boolean holds(Instant at) {
            String date = at.toString().substring(0, 10);
            String time = at.toString().substring(11, 19) + "Z";
            return (!constraint.has("start_date")
                            || date.compareTo(constraint.get("start_date").stringValue()) >= 0)
                    && (!constraint.has("start_time")
                            || time.compareTo(constraint.get("start_time").stringValue()) >= 0)
                    && (!constraint.has("end_time")
                            || time.compareTo(constraint.get("end_time").stringValue()) < 0);
        }

        private static BigDecimal rate(JsonNode value, long inputTokens) {
            BigDecimal rate = new BigDecimal((value.isObject() ? value.get("base") : value).asString());
            for (JsonNode tier : value.path("tiers")) {
                if (inputTokens > tier.get("start").longValue()) {
                    rate = new BigDecimal(tier.get("price").asString());
                }
            }
            return rate;
        }
    }

    private static boolean matches(JsonNode rule, String name) {
        Map.Entry<String, JsonNode> only = rule.properties().iterator().next();
        JsonNode value = only.getValue();
        return switch (only.getKey()) {
            case "equals" -> value.stringValue().equals(name);
            case "starts_with" -> name.startsWith(value.stringValue());
            case "ends_with" -> name.endsWith(value.stringValue());
            case "contains" -> name.contains(value.stringValue());
            case "regex" -> Pattern.compile(value.stringValue()).matcher(name).find();
            case "or" -> value.valueStream().anyMatch(part -> matches(part, name));
            default -> throw new AssertionError("a rule that is new to this test: " + rule);
        };
    }

    private static Stream<String> names(JsonNode rule) {
        Map.Entry<String, JsonNode> only = rule.properties().iterator().next();
        JsonNode value = only.getValue();
        return switch (only.getKey()) {
            case "equals" -> Stream.of(value.stringValue());
            case "starts_with" -> Stream.of(value.stringValue(), value.stringValue() + "-20991231");
            case "ends_with" -> Stream.of("some-" + value.stringValue());
            case "contains" -> Stream.of(value.stringValue(), "some." + value.stringValue() + "-20991231");
            case "regex" -> Stream.of(example(value.stringValue()));
            case "or" -> value.valueStream().flatMap(ReferencePrices::names);
            default -> throw new AssertionError("a rule that is new to this test: " + rule);
        };
    }

    /** A name that an expression describes; those of the file differ from names in anchors, points and digits alone. */
    private static String example(String regex) {
        String name = regex.replaceAll("[\\^$]", "")
                .replace("\\d{8}", "20991231")
                .replace("\\d{4}", "2099")
                .replace("\\d{2}", "12")
                .replace("\\d", "7")
                .replace("\\.", ".");
        if (!Pattern.matches(regex + ".*", name)) {
            throw new AssertionError(name + " is no example of " + regex);
        }
        return name;
    }
}
