package io.rateguard.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.analytics.table.ClickHouseFailure;
import io.rateguard.analytics.table.Schema;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rollups that were made when there were events already: what came before stands in the older tables alone. */
class RollupStartIT {

    private static final Instant FROM = SampleEvents.START;
    private static final Instant TO = FROM.plus(SampleEvents.SPAN);
    private static final Instant MADE = FROM.plus(Duration.ofMinutes(601));
    private static final Instant COUNTS_SINCE = FROM.plus(Duration.ofMinutes(630));

    private Recorded recorded;
    private WorkspaceId workspace;

    @BeforeEach
    void makeTheRollupsLate() {
        recorded = Recorded.of(23, 1, 2_000);
        workspace = recorded.samples().workspaces().getFirst();
        for (String rollup : new String[] {
            "7, usage_by_quarter, quarter < '2026-10-25 06:15:00'",
            "8, usage_by_tag, quarter < '2026-10-25 06:15:00'",
            "9, usage_by_customer, quarter < '2026-10-25 06:15:00'",
            "10, usage_by_model, quarter < '2026-10-25 06:15:00'",
            "19, usage_by_split, start < '2026-10-25 07:00:00' OR span != 'hour' AND start < '2026-10-26 00:00:00'"
        }) {
            String[] words = rollup.split(", ", -1);
            recorded.clickHouse()
                    .execute("INSERT INTO schema_changes (number, name, digest, applied_at, over_events)"
                            + " SELECT number, name, digest, '2026-10-25 06:01:00', true FROM schema_changes"
                            + " WHERE number = " + words[0]);
            recorded.clickHouse()
                    .execute("ALTER TABLE " + words[1] + " DELETE WHERE " + words[2] + " SETTINGS mutations_sync = 2");
        }
    }

    @AfterEach
    void close() {
        recorded.clickHouse().close();
    }

    @Test
    void whatCameBeforeIsAnsweredByTheMinute() {
        UsageHistory history = new UsageHistory(recorded.clickHouse());

        assertThat(MADE).isEqualTo("2026-10-25T06:01:00Z");
        for (Set<GroupBy> groupBy : List.of(Set.of(GroupBy.API), Set.of(GroupBy.KEY), Set.of(GroupBy.ENDPOINT))) {
            for (Bucket bucket : List.of(Bucket.TOTAL, Bucket.HOUR)) {
                UsageQuestion question = new UsageQuestion(FROM, TO, bucket, ZoneOffset.UTC, groupBy);
                List<UsageRow> rows = history.ask(workspace, question);

                assertThat(rows.stream().mapToLong(UsageRow::requests).sum())
                        .isEqualTo(recorded.events().size());
                assertThat(rows.stream().mapToLong(UsageRow::costNanos).sum()).isEqualTo(cost(question));
                assertThat(history.countsSince(question)).isEmpty();
            }
        }
    }

    @Test
    void tagsAndCustomersCountFromTheQuarterHourThatTheySurelySawAllOf() {
        UsageQuestion byCustomer = new UsageQuestion(FROM, TO, Bucket.TOTAL, ZoneOffset.UTC, Set.of(GroupBy.CUSTOMER));
        UsageQuestion byTag = new UsageQuestion(FROM, TO, Bucket.DAY, ZoneOffset.UTC, Set.of(), "team");
        UsageQuestion tagInTotal = new UsageQuestion(FROM, TO, Bucket.TOTAL, ZoneOffset.UTC, Set.of(), "team");
        UsageHistory history = new UsageHistory(recorded.clickHouse());

        for (UsageQuestion question : new UsageQuestion[] {byCustomer, byTag, tagInTotal}) {
            long counted = history.ask(workspace, question).stream()
                    .mapToLong(UsageRow::costNanos)
                    .sum();

            assertThat(history.countsSince(question)).contains(COUNTS_SINCE);
            assertThat(counted).isEqualTo(cost(question.startingAt(COUNTS_SINCE)));
        }
    }

    @Test
    void countsFromTheBeginningWhereNothingCameBefore() {
        Recorded fresh = Recorded.of(24, 1, 50);
        UsageQuestion question = new UsageQuestion(FROM, TO, Bucket.TOTAL, ZoneOffset.UTC, Set.of(), "team");

        assertThat(new UsageHistory(fresh.clickHouse()).countsSince(question)).isEmpty();
        assertThat(fresh.clickHouse()
                        .ask("SELECT max(over_events) AS over FROM schema_changes FORMAT JSONEachRow", Map.of())
                        .getFirst()
                        .path("over")
                        .asBoolean())
                .isFalse();
        fresh.clickHouse().close();
    }

    @Test
    void aRollupMadeAfterTheRetentionEmptiedTheRequestsLeavesWhatCameBeforeToTheSums() {
        Recorded idle = Recorded.of(25, 1, 200);
        for (String gone : new String[] {"requests", "adjustments", "usage_by_split"}) {
            idle.clickHouse().execute("TRUNCATE TABLE " + gone);
        }
        idle.clickHouse().execute("ALTER TABLE schema_changes DELETE WHERE number = 19 SETTINGS mutations_sync = 2");

        Schema.apply(idle.settings());

        UsageQuestion question = new UsageQuestion(FROM, TO, Bucket.TOTAL, ZoneOffset.UTC, Set.of(GroupBy.API));
        assertThat(new UsageHistory(idle.clickHouse())
                        .ask(idle.samples().workspaces().getFirst(), question).stream()
                                .mapToLong(UsageRow::requests)
                                .sum())
                .isEqualTo(200);
        idle.clickHouse().close();
    }

    private long cost(UsageQuestion question) {
        return UsageOracle.answer(recorded.events(), workspace, question).values().stream()
                .mapToLong(sums -> sums.costNanos)
                .sum();
    }

    @Test
    void aRollupThatIsNotThereYetCountsNothingAndIsAskedForAgain() {
        UsageHistory history = new UsageHistory(recorded.clickHouse());
        UsageQuestion question = new UsageQuestion(FROM, TO, Bucket.HOUR, ZoneOffset.UTC, Set.of());
        recorded.clickHouse().execute("RENAME TABLE schema_changes TO kept");
        recorded.clickHouse().execute("CREATE TABLE schema_changes AS kept ENGINE = Memory");
        recorded.clickHouse().execute("INSERT INTO schema_changes SELECT * FROM kept WHERE number != 19");

        assertThatThrownBy(() -> history.ask(workspace, question))
                .isInstanceOf(ClickHouseFailure.class)
                .hasMessage("ClickHouse change 19: not applied (expected: by an intake of this version)");

        recorded.clickHouse().execute("INSERT INTO schema_changes SELECT * FROM kept WHERE number = 19");
        assertThat(history.ask(workspace, question).stream()
                        .mapToLong(UsageRow::requests)
                        .sum())
                .isEqualTo(recorded.events().size());
    }
}
