package io.rateguard.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.UsageOracle.Group;
import io.rateguard.analytics.question.UsageOracle.Sums;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.usage.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UsageHistoryIT {

    private static final Instant FROM = SampleEvents.START;
    private static final Instant TO = FROM.plus(SampleEvents.SPAN);
    /** The clocks of three of them change within the samples, of one by half an hour only, and one is half an hour off. */
    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("Z"),
            ZoneId.of("+05:45"),
            ZoneId.of("-03:00"),
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("Asia/Kolkata"),
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("Europe/London"));

    private static Recorded recorded;
    private static UsageHistory history;

    @BeforeAll
    static void record() {
        recorded = Recorded.of(11, 2, 10_000);
        history = new UsageHistory(recorded.clickHouse());
    }

    @AfterAll
    static void close() {
        recorded.clickHouse().close();
    }

    @Test
    void agreesWithTheEventsInEveryBucketAndZone() {
        for (Bucket bucket : Bucket.values()) {
            for (ZoneId zone : ZONES) {
                agrees(new UsageQuestion(FROM, TO, bucket, zone, Set.of()));
            }
        }
    }

    @Test
    void agreesWithTheEventsInEveryGroup() {
        for (Set<GroupBy> groupBy : combinations(List.of(GroupBy.API, GroupBy.KEY, GroupBy.ENDPOINT, GroupBy.MODEL))) {
            agrees(new UsageQuestion(FROM, TO, Bucket.TOTAL, ZONES.getFirst(), groupBy));
            agrees(new UsageQuestion(FROM, TO, Bucket.DAY, ZONES.getLast(), groupBy));
        }
    }

    /** There are more combinations than zones: each bucket meets all of both. */
    @Test
    void agreesWithTheEventsByTagAndByCustomer() {
        List<Set<GroupBy>> combinations = combinations(List.of(GroupBy.API, GroupBy.KEY, GroupBy.MODEL));
        assertThat(combinations).hasSizeGreaterThanOrEqualTo(ZONES.size());
        for (int i = 0; i < combinations.size(); i++) {
            Set<GroupBy> groupBy = combinations.get(i);
            Set<GroupBy> withCustomer = EnumSet.of(GroupBy.CUSTOMER);
            withCustomer.addAll(groupBy);
            ZoneId zone = ZONES.get(i % ZONES.size());
            for (Bucket bucket : List.of(Bucket.HOUR, Bucket.DAY, Bucket.TOTAL)) {
                agrees(new UsageQuestion(FROM, TO, bucket, zone, groupBy, "team"));
                agrees(new UsageQuestion(FROM, TO, bucket, zone, groupBy, "nobody has this"));
                agrees(new UsageQuestion(FROM, TO, bucket, zone, withCustomer));
            }
        }
    }

    @Test
    void aRangeThatIsNoWholeQuarterHoursIsAnsweredByTheMinute() {
        Instant from = FROM.plus(Duration.ofMinutes(7));
        for (int minutes : List.of(0, 1, 7, 8, 9, 14, 23, 24, 60)) {
            Instant to = from.plus(Duration.ofMinutes(minutes));
            agrees(new UsageQuestion(from, to, Bucket.TOTAL, ZONES.getFirst(), Set.of(GroupBy.MODEL)));
        }
    }

    @Test
    void whatHasARollupByHoursIsReadFromIt() {
        Forgetful forgetful = new Forgetful("2026-10-24 21:00:00", "2026-11-04 19:00:00");
        forgetful.forget("usage_by_minute", "minute");
        forgetful.forget("usage_by_quarter", "quarter");
        forgetful.forget("usage_by_model", "quarter");
        forgetful.forget("usage_by_tag", "quarter");

        forgetful.agrees(new UsageQuestion(FROM, TO, Bucket.DAY, ZONES.getLast(), Set.of()));
        forgetful.agrees(new UsageQuestion(FROM, TO, Bucket.DAY, ZONES.getLast(), Set.of(GroupBy.KEY)));
        forgetful.agrees(
                new UsageQuestion(FROM, TO, Bucket.HOUR, ZONES.getLast(), Set.of(GroupBy.ENDPOINT, GroupBy.MODEL)));
        forgetful.agrees(new UsageQuestion(FROM, TO, Bucket.HOUR, ZONES.getFirst(), Set.of(GroupBy.API)));
        forgetful.agrees(new UsageQuestion(FROM, TO, Bucket.DAY, ZONES.getLast(), Set.of(GroupBy.MODEL)));
        forgetful.agrees(new UsageQuestion(FROM, TO, Bucket.DAY, ZONES.getLast(), Set.of(), "team"));
    }

    @Test
    void whatHasARollupByDaysIsReadFromIt() {
        Forgetful forgetful = new Forgetful("2026-10-25 00:00:00", "2026-11-04 00:00:00");
        forgetful.forget("usage_by_minute", "minute");
        forgetful.forget("usage_by_quarter", "quarter");
        forgetful.forget("usage_by_model", "quarter");
        forgetful.forget("usage_by_tag", "quarter");
        forgetful.forget("usage_by_customer", "quarter");
        forgetful.forget("usage_by_split", "span = 'hour' AND start");

        for (GroupBy split : List.of(GroupBy.API, GroupBy.KEY, GroupBy.ENDPOINT, GroupBy.CUSTOMER)) {
            forgetful.agrees(new UsageQuestion(FROM, TO, Bucket.TOTAL, ZONES.getLast(), Set.of(split, GroupBy.MODEL)));
        }
        forgetful.agrees(new UsageQuestion(FROM, TO, Bucket.TOTAL, ZONES.getLast(), Set.of(GroupBy.KEY)));
        forgetful.agrees(new UsageQuestion(FROM, TO, Bucket.TOTAL, ZONES.getLast(), Set.of()));
        forgetful.agrees(new UsageQuestion(FROM, TO, Bucket.TOTAL, ZONES.getLast(), Set.of(GroupBy.MODEL), "team"));
        forgetful.agrees(new UsageQuestion(FROM, TO, Bucket.TOTAL, ZONES.getLast(), Set.of(), "team"));
    }

    @Test
    void whatHasARollupByWeeksIsReadFromIt() {
        Forgetful forgetful = new Forgetful("2026-10-26 00:00:00", "2026-11-02 00:00:00");
        forgetful.forget("usage_by_minute", "minute");
        forgetful.forget("usage_by_quarter", "quarter");
        forgetful.forget("usage_by_customer", "quarter");
        forgetful.forget("usage_by_model", "quarter");
        forgetful.forget("usage_by_split", "span != 'week' AND start");

        forgetful.agrees(new UsageQuestion(FROM, TO, Bucket.TOTAL, ZONES.getLast(), Set.of(GroupBy.KEY)));
        forgetful.agrees(new UsageQuestion(FROM, TO, Bucket.TOTAL, ZONES.getLast(), Set.of()));
        forgetful.agrees(new UsageQuestion(FROM, TO, Bucket.TOTAL, ZONES.getLast(), Set.of(GroupBy.CUSTOMER)));
        forgetful.agrees(new UsageQuestion(
                FROM, TO, Bucket.TOTAL, ZONES.getLast(), Set.of(GroupBy.API, GroupBy.ENDPOINT, GroupBy.MODEL)));
    }

    /** A database whose finer rollups have lost the middle of the samples. */
    private static final class Forgetful {

        private final Recorded recorded = Recorded.of(12, 1, 5_000);
        private final String from;
        private final String to;

        Forgetful(String from, String to) {
            this.from = from;
            this.to = to;
        }

        /** @param start of a row, after what the row has to be */
        void forget(String table, String start) {
            recorded.clickHouse()
                    .execute("ALTER TABLE %s DELETE WHERE %s BETWEEN '%s' AND toDateTime('%s', 'UTC') - 1"
                                    .formatted(table, start, from, to)
                            + " SETTINGS mutations_sync = 2");
        }

        void agrees(UsageQuestion question) {
            UsageHistoryIT.agrees(recorded, question);
        }
    }

    @Test
    void theTopAreThoseThatCostMostDearestFirst() {
        WorkspaceId workspace = recorded.samples().workspaces().getFirst();
        for (UsageQuestion all : List.of(
                new UsageQuestion(FROM, TO, Bucket.TOTAL, ZONES.getFirst(), Set.of(GroupBy.KEY, GroupBy.MODEL)),
                new UsageQuestion(FROM, TO, Bucket.TOTAL, ZONES.getFirst(), Set.of(GroupBy.CUSTOMER)),
                new UsageQuestion(FROM, TO, Bucket.TOTAL, ZONES.getFirst(), Set.of(GroupBy.MODEL), "team"))) {
            List<UsageRow> dearest = history.ask(workspace, all).stream()
                    .sorted(Comparator.comparingLong(UsageRow::costNanos).reversed())
                    .toList();

            assertThat(dearest).hasSizeGreaterThan(2);
            assertThat(history.ask(workspace, all.withTop(2))).isEqualTo(dearest.subList(0, 2));
            assertThat(history.ask(workspace, all.withTop(1_000))).hasSameSizeAs(dearest);
            assertThat(history.ask(workspace, all, 2)).hasSize(2);
            assertThat(history.ask(workspace, all.withTop(2), 1)).isEqualTo(dearest.subList(0, 1));
        }
    }

    @Test
    void tellsTheFiguresThatWereAskedForAlone() {
        WorkspaceId workspace = recorded.samples().workspaces().getFirst();
        for (@Nullable String tag : new String[] {null, "team"}) {
            UsageQuestion all = new UsageQuestion(FROM, TO, Bucket.DAY, ZONES.getFirst(), Set.of(), tag);
            List<UsageRow> whole = history.ask(workspace, all);

            assertThat(history.ask(workspace, all.telling(Set.of(Figure.TOKENS))))
                    .isNotEmpty()
                    .isEqualTo(whole.stream()
                            .map(row -> without(row, row.tokens(), null))
                            .toList());
            assertThat(history.ask(workspace, all.telling(Set.of(Figure.LATENCY))))
                    .isEqualTo(whole.stream()
                            .map(row -> without(row, Usage.NONE, row.latencyMillis()))
                            .toList());
            assertThat(history.ask(workspace, all.telling(Set.of())))
                    .isEqualTo(whole.stream()
                            .map(row -> without(row, Usage.NONE, null))
                            .toList());
        }
    }

    private static UsageRow without(UsageRow row, Usage tokens, UsageRow.@Nullable Percentiles latency) {
        return new UsageRow(
                row.time(),
                row.api(),
                row.key(),
                row.endpoint(),
                row.model(),
                row.customer(),
                row.tagValue(),
                row.requests(),
                row.refused(),
                row.errors(),
                row.costNanos(),
                tokens,
                latency);
    }

    private static List<Set<GroupBy>> combinations(List<GroupBy> groups) {
        return IntStream.range(0, 1 << groups.size())
                .mapToObj(bits -> IntStream.range(0, groups.size())
                        .filter(each -> (bits & (1 << each)) != 0)
                        .mapToObj(groups::get)
                        .collect(Collectors.toSet()))
                .toList();
    }

    @Test
    void agreesWithTheEventsInAnyRange() {
        Random random = new Random(5);
        for (int i = 0; i < 20; i++) {
            Instant from = FROM.plusMillis(random.nextLong(SampleEvents.SPAN.toMillis()));
            Instant to = from.plus(Duration.ofSeconds(random.nextLong(100_000)));
            agrees(new UsageQuestion(from, to, Bucket.HOUR, ZONES.get(i % ZONES.size()), Set.of(GroupBy.API)));
        }
    }

    @Test
    void tellsNothingOfAnotherWorkspace() {
        UsageQuestion question = new UsageQuestion(FROM, TO, Bucket.TOTAL, ZONES.getFirst(), Set.of());

        assertThat(history.ask(new WorkspaceId(UUID.randomUUID()), question)).isEmpty();
    }

    private static void agrees(UsageQuestion question) {
        agrees(recorded, question);
    }

    private static void agrees(Recorded recorded, UsageQuestion question) {
        UsageHistory history = new UsageHistory(recorded.clickHouse());
        for (WorkspaceId workspace : recorded.samples().workspaces()) {
            List<UsageRow> rows = history.ask(workspace, question);
            Map<Group, Sums> oracle = UsageOracle.answer(recorded.events(), workspace, question);

            assertThat(rows).as(question.toString()).hasSize(oracle.size());
            assertThat(rows).isSortedAccordingTo(Comparator.comparing(UsageRow::time));
            for (UsageRow row : rows) {
                agrees(row, oracle.get(Group.of(row)), question);
            }
        }
    }

    private static void agrees(UsageRow row, Sums sums, UsageQuestion question) {
        assertThat(sums).as("%s in %s", row, question).isNotNull();
        assertThat(row.requests()).isEqualTo(sums.requests);
        assertThat(row.refused()).isEqualTo(sums.refused);
        assertThat(row.errors()).isEqualTo(sums.errors);
        assertThat(row.costNanos()).isEqualTo(sums.costNanos);
        assertThat(row.tokens()).isEqualTo(sums.usage());
        if (row.latencyMillis() == null) {
            assertThat(question.tag() != null || question.groupBy().contains(GroupBy.CUSTOMER))
                    .isTrue();
            return;
        }
        isNear(row.latencyMillis().p50(), 0.5, sums.latencyMicros);
        isNear(row.latencyMillis().p95(), 0.95, sums.latencyMicros);
        isNear(row.latencyMillis().p99(), 0.99, sums.latencyMicros);
    }

    /** Between the neighbours of the exact rank, give or take the 1.6 percent that rollups round by. */
    private static void isNear(double millis, double level, List<Long> latencyMicros) {
        if (latencyMicros.isEmpty()) {
            assertThat(millis).isZero();
            return;
        }
        List<Long> sorted = latencyMicros.stream().sorted().toList();
        double rank = level * (sorted.size() - 1);
        long below = sorted.get(Math.max(0, (int) Math.floor(rank) - 1));
        long above = sorted.get(Math.min(sorted.size() - 1, (int) Math.ceil(rank) + 1));
        assertThat(millis * 1000).isBetween(below * 0.984, above * 1.016);
    }
}
