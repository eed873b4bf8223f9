package io.rateguard.domain.price;

import io.rateguard.domain.usage.UsageClass;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model of a catalogue, as its file says it.
 *
 * @param match the names it answers to beside its id
 * @param prices none where the model is known and its price is not; of those that hold at a time the last one counts
 */
record CataloguedModel(String id, NameRule match, OptionalLong maxOutputTokens, List<DatedPrice> prices) {

    CataloguedModel {
        prices = List.copyOf(prices);
        for (int i = 1; i < prices.size(); i++) {
            if (!prices.get(i).mayFollow(prices.get(i - 1))) {
                throw new IllegalArgumentException(
                        "from: " + prices.get(i).from() + " (expected: oldest first, each date or daily window once)");
            }
        }
    }

    CataloguedModel withMaxOutputTokens(OptionalLong most) {
        return new CataloguedModel(id, match, most, prices);
    }

    /** The same model, where prices that name no sources have these. */
    CataloguedModel from(List<String> sources) {
        return new CataloguedModel(
                id,
                match,
                maxOutputTokens,
                prices.stream()
                        .map(price -> price.sources().isEmpty() ? price.alsoFrom(sources) : price)
                        .toList());
    }

    /**
     * What a model costs from a day on.
     *
     * @param from at 00:00 UTC; none for the price that always held
     * @param daily the part of each day it holds in; none for all of it
     * @param serviceTiers the rates that differ in a tier of service
     * @param sources where its figures come from, each with its date, in words of the catalogue
     */
    record DatedPrice(
            @Nullable LocalDate from,
            @Nullable DailyWindow daily,
            Map<UsageClass, TieredRate> rates,
            Map<ServiceTier, Map<UsageClass, TieredRate>> serviceTiers,
            List<String> sources) {

        DatedPrice(
                @Nullable LocalDate from,
                @Nullable DailyWindow daily,
                Map<UsageClass, TieredRate> rates,
                Map<ServiceTier, Map<UsageClass, TieredRate>> serviceTiers) {
            this(from, daily, rates, serviceTiers, List.of());
        }

        DatedPrice {
            rates = Map.copyOf(rates);
            serviceTiers = Map.copyOf(serviceTiers);
            sources = List.copyOf(sources);
            if (rates.isEmpty()) {
                throw new IllegalArgumentException("rates: {} (expected: a rate for one class or more)");
            }
        }

        DatedPrice alsoFrom(List<String> more) {
            return new DatedPrice(
                    from,
                    daily,
                    rates,
                    serviceTiers,
                    Stream.concat(sources.stream(), more.stream()).distinct().toList());
        }

        boolean holdsAt(Instant at) {
            return !start().isAfter(at) && (daily == null || daily.contains(at));
        }

        boolean startsBefore(LocalDate day) {
            return from == null || from.isBefore(day);
        }

        private Instant start() {
            return from == null
                    ? Instant.MIN
                    : from.atStartOfDay(ZoneOffset.UTC).toInstant();
        }

        /** A price that always hides the one before it is a mistake. */
        private boolean mayFollow(DatedPrice earlier) {
            return start().isAfter(earlier.start())
                    || start().equals(earlier.start()) && daily != null && !daily.equals(earlier.daily);
        }

        /** What tells this price from the others of its model: {@code @2026-03-13}, {@code @00:30-16:30}. */
        String suffix() {
            return (from == null ? "" : "@" + from) + (daily == null ? "" : "@" + daily.name());
        }
    }
}
