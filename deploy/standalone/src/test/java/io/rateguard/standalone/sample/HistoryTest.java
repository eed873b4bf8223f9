package io.rateguard.standalone.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.counters.BudgetWindowRef;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.event.RequestEventJson;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.price.ModelPrice;
import io.rateguard.domain.price.PriceCatalogue;
import io.rateguard.domain.price.ShippedCatalogue;
import io.rateguard.domain.usage.UsageClass;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final PriceCatalogue PRICES = ShippedCatalogue.load();
    private static final SampleJob JOB = Jobs.until(Jobs.UNTIL);

    private static final long MINUTE_MILLIS = 60_000;

    /** Enough for every screen, and sent within seconds. */
    private static final int FEWEST = 20_000;

    private static final int MOST = 32_000;

    private static List<RequestEvent> events;

    @BeforeAll
    static void tell() {
        events = told(JOB);
    }

    @Test
    void isTheSameHoweverOftenItIsTold() {
        assertThat(told(SampleJob.read(JOB.json()))).isEqualTo(events);
    }

    @Test
    void doesNotChangeBeforeItsEndWhenItEndsLater() {
        List<RequestEvent> longer = told(Jobs.until(Jobs.UNTIL.plus(Duration.ofHours(3))));

        assertThat(longer.size()).isGreaterThan(events.size());
        assertThat(longer.subList(0, events.size())).isEqualTo(events);
    }

    @Test
    void isInOrderAndEndsBeforeItsEnd() {
        assertThat(events).isSortedAccordingTo((one, other) -> Long.compare(arrival(one), arrival(other)));
        assertThat(arrival(events.getFirst()))
                .isGreaterThanOrEqualTo(Traffic.firstDay(Jobs.UNTIL).toEpochMilli());
        assertThat(arrival(events.getLast())).isLessThan(Jobs.UNTIL.toEpochMilli());
        assertThat(events.stream().map(RequestEvent::requestId).distinct()).hasSameSizeAs(events);
    }

    @Test
    void costsWhatTheCatalogueSays() {
        for (RequestEvent event : events) {
            RequestEvent.Metering metering = event.metering();
            if (event.verdict().decision() != Decision.ALLOWED || event.call().model() == null) {
                assertThat(metering.costNanos()).isZero();
                assertThat(metering.priceVersion()).isNull();
                continue;
            }
            ModelPrice price = PRICES.find(
                            List.of(event.call().apiSlug()),
                            event.call().model(),
                            Instant.ofEpochMilli(event.times().chargedAtMillis()))
                    .orElseThrow();
            assertThat(metering.priceVersion()).isEqualTo(price.version());
            assertThat(metering.costNanos())
                    .isEqualTo(price.cost(metering.usage()).orElseThrow().nanos());
        }
    }

    @Test
    void chargesEachBudgetThatCoversARequestWithItsCost() {
        for (RequestEvent event : events) {
            boolean allowed = event.verdict().decision() == Decision.ALLOWED;
            assertThat(event.charges()).hasSize(allowed ? covering(event) : 0).allSatisfy(charge -> {
                assertThat(charge.chargedNanos()).isEqualTo(event.metering().costNanos());
                assertThat(event.times().chargedAtMillis())
                        .isBetween(charge.windowStartMillis(), charge.windowEndMillis() - 1);
            });
        }
    }

    @Test
    void refusesBecauseALimitIsUsedUp() {
        Map<String, List<Long>> allowed = new HashMap<>();
        for (RequestEvent event : events) {
            List<Long> ofKey = allowed.computeIfAbsent(event.caller().keyName(), key -> new ArrayList<>());
            if (event.verdict().decision() == Decision.ALLOWED) {
                ofKey.add(arrival(event));
            } else if (event.verdict().decision() == Decision.LIMITED) {
                RequestEvent.Refusal refusal = event.verdict().refusal();
                assertThat(refusal.used()).isEqualTo(refusal.limit());
                assertThat(refusal.resetAtMillis()).isBetween(arrival(event) + 1, arrival(event) + MINUTE_MILLIS);
                assertThat(ofKey).anyMatch(earlier -> earlier > arrival(event) - MINUTE_MILLIS);
            }
        }
        long capacity = SampleLimit.PER_KEY.bucket.capacity();
        allowed.forEach((key, arrivals) -> {
            for (int first = 0; first + 2 * capacity < arrivals.size(); first++) {
                assertThat(arrivals.get(first + 2 * (int) capacity) - arrivals.get(first))
                        .as("ms that %s takes for more than a full bucket and a minute's refill", key)
                        .isGreaterThan(MINUTE_MILLIS);
            }
        });
    }

    @Test
    void refusesBecauseABudgetHasNoRoom() {
        Map<String, Long> spent = new HashMap<>();
        for (RequestEvent event : events) {
            RequestEvent.Refusal refusal = event.verdict().refusal();
            if (event.verdict().decision() == Decision.OVER_BUDGET) {
                assertThat(refusal.used()).isEqualTo(spent.get(refusal.rule() + refusal.scope()));
                assertThat(refusal.used() * 1.0 / refusal.limit()).isBetween(0.9, 1.0);
            }
            event.charges()
                    .forEach(
                            charge -> spent.merge(charge.budget() + charge.window(), charge.chargedNanos(), Long::sum));
        }
        for (Budget budget : JOB.budgetRules()) {
            assertThat(spent.entrySet())
                    .filteredOn(sum -> sum.getKey().startsWith(budget.id().toString()))
                    .allSatisfy(sum -> assertThat(sum.getValue())
                            .isLessThanOrEqualTo(budget.amount().nanos()));
        }
    }

    @Test
    void sumsUpWhatThePresentWindowsHaveSpent() {
        Spent spent = new Spent(JOB.budgetRules(), JOB.until());
        events.forEach(spent);

        for (Budget budget : JOB.budgetRules()) {
            long sum = events.stream()
                    .filter(event -> budget.windowAt(JOB.until()).holds(arrival(event)))
                    .flatMap(event -> event.charges().stream())
                    .filter(charge -> charge.budget().equals(budget.id()))
                    .mapToLong(RequestEvent.Charge::chargedNanos)
                    .sum();
            assertThat(spent.windows())
                    .containsEntry(new BudgetWindowRef(budget.id(), budget.windowAt(JOB.until())), Money.ofNanos(sum));
        }
        assertThat(share(spent, SampleBudget.ALL)).isBetween(0.55, 0.75);
        assertThat(share(spent, SampleBudget.ANTHROPIC)).isBetween(0.75, 0.82);
        assertThat(share(spent, SampleBudget.HACKATHON)).isBetween(0.99, 1.0);
    }

    @Test
    void hasSomethingForEveryScreen() {
        assertThat(events).hasSizeBetween(FEWEST, MOST);
        assertThat(share(event -> event.verdict().decision() == Decision.LIMITED))
                .isBetween(0.005, 0.03);
        assertThat(share(event -> event.verdict().decision() == Decision.OVER_BUDGET))
                .isBetween(0.01, 0.04);
        assertThat(share(event -> event.verdict().decision() == Decision.ALLOWED
                        && event.verdict().status() >= 400))
                .isBetween(0.003, 0.02);
        assertThat(share(event -> event.call().stream())).isBetween(0.2, 0.5);
        assertThat(share(event -> event.metering().usage().count(UsageClass.CACHE_READ) > 0))
                .isGreaterThan(0.4);
        assertThat(events.stream().map(event -> event.caller().customer()).distinct())
                .containsExactlyInAnyOrder(null, "north", "south");
        assertThat(events.stream().map(event -> event.caller().keyName()).distinct())
                .hasSameSizeAs(SampleKey.values());
        assertThat(lastDay()).anyMatch(event -> event.verdict().decision() == Decision.LIMITED);
        assertThat(lastDay()).anyMatch(event -> event.verdict().decision() == Decision.OVER_BUDGET);
    }

    @Test
    void holdsItsPromisesWheneverItEnds() {
        for (String until : List.of(
                "2026-12-01T00:04:00Z", "2026-12-31T23:59:59Z", "2027-03-01T12:00:00Z", "2028-02-29T06:30:00Z")) {
            SampleJob job = Jobs.until(Instant.parse(until));
            Spent spent = new Spent(job.budgetRules(), job.until());
            List<RequestEvent> told = told(job);
            told.forEach(spent);

            assertThat(told).as(until).hasSizeBetween(FEWEST, MOST);
            assertThat(arrival(told.getLast())).isLessThan(job.until().toEpochMilli());
            for (Budget budget : job.budgetRules()) {
                assertThat(spent.windows().get(new BudgetWindowRef(budget.id(), budget.windowAt(job.until()))))
                        .as("%s at %s", budget.name(), until)
                        .isBetween(Money.ZERO, budget.amount());
            }
        }
    }

    @Test
    void showsWhatWentWrong() {
        assertThat(share(
                        between(8, 15, 20, 35, "openai"),
                        event -> event.verdict().status() == 503))
                .isBetween(0.3, 0.7);
        assertThat(share(
                        between(27, 9, 10, 70, "anthropic"),
                        event -> event.verdict().status() == 529))
                .isBetween(0.5, 0.9);
        assertThat(median(between(36, 12, 0, 300, "openai")))
                .isGreaterThan(2 * median(between(35, 12, 0, 300, "openai")));
    }

    @Test
    void isBusierOnWeekdaysAndByDay() {
        double weekday = events.stream().filter(event -> !isWeekend(event)).count() / 5.0;
        double weekend = events.stream().filter(HistoryTest::isWeekend).count() / 2.0;

        assertThat(weekday).isGreaterThan(1.3 * weekend);
        assertThat(events.stream().filter(event -> hour(event) >= 8 && hour(event) < 18))
                .hasSizeGreaterThan(events.size() / 2);
    }

    @Test
    void canBeReadAsEveryOtherEvent() {
        Stream.of(events.getFirst(), events.get(events.size() / 2), events.getLast())
                .forEach(event -> assertThat(RequestEventJson.decode(RequestEventJson.encode(event)))
                        .isEqualTo(event));
    }

    private static List<RequestEvent> lastDay() {
        long start = Jobs.UNTIL.minus(Duration.ofDays(1)).toEpochMilli();
        return events.stream().filter(event -> arrival(event) >= start).toList();
    }

    private static List<RequestEvent> told(SampleJob job) {
        List<RequestEvent> told = new ArrayList<>();
        new History(job, PRICES).tell(told::add);
        return told;
    }

    private static int covering(RequestEvent event) {
        int budgets = 1;
        budgets += event.call().apiSlug().equals("payments") ? 0 : 1;
        budgets +=
                List.of("Invoice reader", "Hackathon").contains(event.caller().keyName()) ? 1 : 0;
        return budgets;
    }

    private static double share(Spent spent, SampleBudget of) {
        return spent.windows().entrySet().stream()
                        .filter(window ->
                                window.getKey().budget().equals(JOB.budgets().get(of)))
                        .mapToLong(window -> window.getValue().nanos())
                        .sum()
                / (double) of.amount.nanos();
    }

    private static double share(Predicate<RequestEvent> which) {
        return share(events, which);
    }

    private static double share(List<RequestEvent> of, Predicate<RequestEvent> which) {
        return of.stream().filter(which).count() / (double) of.size();
    }

    /** The requests that an API was sent from a time of one day on, so many minutes long. */
    private static List<RequestEvent> between(int day, int hour, int minute, int minutes, String api) {
        Instant start = Traffic.firstDay(Jobs.UNTIL)
                .plus(Duration.ofDays(day))
                .plus(Duration.ofHours(hour))
                .plus(Duration.ofMinutes(minute));
        Instant end = start.plus(Duration.ofMinutes(minutes));
        return events.stream()
                .filter(event -> event.call().apiSlug().equals(api)
                        && event.verdict().decision() == Decision.ALLOWED
                        && arrival(event) >= start.toEpochMilli()
                        && arrival(event) < end.toEpochMilli())
                .toList();
    }

    private static double median(List<RequestEvent> of) {
        return of.stream()
                .mapToLong(event -> event.times().upstreamMicros())
                .sorted()
                .skip(of.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static long arrival(RequestEvent event) {
        return event.times().arrivedAtMillis();
    }

    private static int hour(RequestEvent event) {
        return Instant.ofEpochMilli(arrival(event)).atOffset(ZoneOffset.UTC).getHour();
    }

    private static boolean isWeekend(RequestEvent event) {
        DayOfWeek day =
                Instant.ofEpochMilli(arrival(event)).atOffset(ZoneOffset.UTC).getDayOfWeek();
        return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
    }
}
