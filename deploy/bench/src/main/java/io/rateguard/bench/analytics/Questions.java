package io.rateguard.bench.analytics;

import io.rateguard.analytics.question.Bucket;
import io.rateguard.analytics.question.GroupBy;
import io.rateguard.analytics.question.RequestFilter;
import io.rateguard.analytics.question.RequestLog;
import io.rateguard.analytics.question.RequestPage;
import io.rateguard.analytics.question.UsageHistory;
import io.rateguard.analytics.question.UsageQuestion;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What screens and exports ask, by name, of one workspace. */
final class Questions {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final int PAGE = 50;

    private static final Set<GroupBy> ENDPOINTS = Set.of(GroupBy.API, GroupBy.ENDPOINT, GroupBy.MODEL);
    private static final Set<GroupBy> KEYS_AND_MODELS = Set.of(GroupBy.KEY, GroupBy.MODEL);

    private final UsageHistory history;
    private final RequestLog log;
    private final WorkspaceId workspace;
    private final Instant start;
    private final Instant now;
    private final Map<String, Runnable> named = new LinkedHashMap<>();

    private Questions(ClickHouse clickHouse, WorkspaceId workspace) {
        history = new UsageHistory(clickHouse);
        log = new RequestLog(clickHouse);
        this.workspace = workspace;
        start = Generator.start(clickHouse);
        // As screens ask: up to now, which is no whole quarter hour.
        now = Generator.newest(clickHouse);
    }

    /** Those that rollups answer. */
    static Map<String, Runnable> ofUsage(ClickHouse clickHouse, WorkspaceId workspace) {
        Questions questions = new Questions(clickHouse, workspace);
        questions.usage("last hour by minute", Duration.ofHours(1), Bucket.MINUTE, Set.of(), null);
        questions.usage("24 hours by hour", Duration.ofDays(1), Bucket.HOUR, Set.of(), null);
        questions.usage("24 hours by key", Duration.ofDays(1), Bucket.TOTAL, EnumSet.of(GroupBy.KEY), null);
        for (int days : new int[] {30, 90}) {
            Duration range = Duration.ofDays(days);
            String time = days + " days";
            questions.usage(time + " by day", range, Bucket.DAY, Set.of(), null);
            questions.usage(time + " in total", range, Bucket.TOTAL, Set.of(), null);
            questions.usage(time + " by API", range, Bucket.TOTAL, EnumSet.of(GroupBy.API), null);
            questions.usage(time + " by key", range, Bucket.TOTAL, EnumSet.of(GroupBy.KEY), null);
            questions.usage(time + " by day and model", range, Bucket.DAY, EnumSet.of(GroupBy.MODEL), null);
            questions.usage(time + " by API, endpoint, model", range, Bucket.TOTAL, ENDPOINTS, null);
            questions.usage(time + " by tag", range, Bucket.TOTAL, Set.of(), "tag1");
            questions.usage(time + " by day and tag", range, Bucket.DAY, Set.of(), "tag1");
            questions.usage(time + " by tag and model", range, Bucket.TOTAL, EnumSet.of(GroupBy.MODEL), "tag1");
            questions.usage(time + " by customer", range, Bucket.TOTAL, EnumSet.of(GroupBy.CUSTOMER), null);
            questions.top(time + ", the ten dearest customers", range, GroupBy.CUSTOMER);
            questions.top(time + ", the ten dearest keys", range, GroupBy.KEY);
            questions.usage(time + " by day and key", range, Bucket.DAY, EnumSet.of(GroupBy.KEY), null);
            questions.usage(time + " by key and model", range, Bucket.TOTAL, KEYS_AND_MODELS, null);
        }
        questions.money("by day and model", Bucket.DAY, EnumSet.of(GroupBy.MODEL), 0);
        questions.money("by API, endpoint, model", Bucket.TOTAL, ENDPOINTS, 0);
        questions.money("by key", Bucket.TOTAL, EnumSet.of(GroupBy.KEY), 0);
        questions.money("by the ten dearest keys", Bucket.TOTAL, EnumSet.of(GroupBy.KEY), 10);
        questions.money("by customer", Bucket.TOTAL, EnumSet.of(GroupBy.CUSTOMER), 0);
        questions.money("by day and key", Bucket.DAY, EnumSet.of(GroupBy.KEY), 0);
        questions.money("by key and model", Bucket.TOTAL, KEYS_AND_MODELS, 0);
        questions.money(
                "by the thousand dearest keys and models", Bucket.TOTAL, KEYS_AND_MODELS, UsageQuestion.MOST_TOP);
        return questions.named;
    }

    /** Those that only the raw events answer: the first page of each. */
    static Map<String, Runnable> ofLog(ClickHouse clickHouse, WorkspaceId workspace) {
        Questions questions = new Questions(clickHouse, workspace);
        RequestPage newest = questions.page(questions.filter(null, null, null, null, Map.of()));
        questions.log("newest requests", questions.filter(null, null, null, null, Map.of()));
        questions.log("refused ones", questions.filter(null, Decision.LIMITED, null, null, Map.of()));
        questions.log("failed ones", questions.filter(null, null, 500, null, Map.of()));
        questions.log("of a model that is rare", questions.filter("model-24", null, null, null, Map.of()));
        questions.log("of a customer that is rare", questions.filter(null, null, null, "customer-19000", Map.of()));
        questions.log("of nobody", questions.filter(null, null, null, "nobody", Map.of()));
        questions.log(
                "with two tags",
                questions.filter(null, null, null, null, Map.of("tag1", "value-30", "tag2", "value-40")));
        questions.named.put(
                "one request by its id",
                () -> questions.log.find(workspace, newest.items().getFirst().requestId()));
        return questions.named;
    }

    private void usage(String name, Duration range, Bucket bucket, Set<GroupBy> groups, @Nullable String tag) {
        ask(name, new UsageQuestion(now.minus(range), now, bucket, ZONE, groups, tag));
    }

    /** As the screens ask that show what money went to: neither tokens nor latencies. */
    private void money(String by, Bucket bucket, Set<GroupBy> groups, int top) {
        UsageQuestion question = new UsageQuestion(now.minus(Duration.ofDays(90)), now, bucket, ZONE, groups, null);
        ask("90 days of money " + by, (top == 0 ? question : question.withTop(top)).telling(Set.of()));
    }

    private void top(String name, Duration range, GroupBy group) {
        ask(name, new UsageQuestion(now.minus(range), now, Bucket.TOTAL, ZONE, EnumSet.of(group)).withTop(10));
    }

    private void ask(String name, UsageQuestion question) {
        named.put(name, () -> history.ask(workspace, question));
    }

    private void log(String name, RequestFilter filter) {
        named.put(name, () -> page(filter));
    }

    private RequestPage page(RequestFilter filter) {
        return log.page(workspace, filter, null, PAGE);
    }

    private RequestFilter filter(
            @Nullable String model,
            @Nullable Decision decision,
            @Nullable Integer status,
            @Nullable String customer,
            Map<String, String> tags) {
        return new RequestFilter(start, now, null, null, model, decision, status, customer, tags);
    }
}
