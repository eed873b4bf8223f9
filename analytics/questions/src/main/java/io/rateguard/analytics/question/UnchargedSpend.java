package io.rateguard.analytics.question;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetScope;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.KeyLines;
import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.limit.RequestFacts;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the requests that a budget covers cost without being charged to it: since it did not exist yet. */
public final class UnchargedSpend {

    private static final String TEXT = QuestionText.of("uncharged-spend.sql");

    /** The last instant that the column can hold. */
    private static final long END_OF_TIME_MILLIS =
            Instant.parse("2262-01-01T00:00:00Z").toEpochMilli();

    private static final UUID NO_KEY = new UUID(0, 0);

    private final ClickHouse clickHouse;

    public UnchargedSpend(ClickHouse clickHouse) {
        this.clickHouse = clickHouse;
    }

    /**
     * In the run of the budget's period that holds an instant, each counter's sum; those of nothing are left out.
     *
     * @param lines which keys count as one
     */
    public Map<BudgetWindow, Money> ask(WorkspaceId workspace, Budget budget, KeyLines lines, Instant at) {
        BudgetWindow run = budget.windowAt(at);
        List<String> tags = budget.per().stream()
                .filter(Partition.Tag.class::isInstance)
                .map(tag -> ((Partition.Tag) tag).name())
                .toList();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("workspace", workspace.toString());
        parameters.put("budget", budget.id().toString());
        parameters.put("from_millis", run.startMillis());
        parameters.put("to_millis", Math.min(run.endMillis(), END_OF_TIME_MILLIS));
        for (Partition.Field field : Partition.Field.values()) {
            parameters.put("by_" + field.wireName(), budget.per().contains(field));
        }
        parameters.put("by_tags", tags);
        BudgetScope scope = budget.scope();
        boolean isTag = scope.type() == BudgetScope.Type.TAG;
        parameters.put("scope", scope.type().wireName());
        parameters.put("tag", isTag ? scope.tagName() : "");
        parameters.put(
                "keys",
                scope.type() == BudgetScope.Type.KEY
                        ? lines.members(ApiKeyId.of(scope.value())).stream()
                                .map(ApiKeyId::toString)
                                .toList()
                        : List.of());
        parameters.put("value", isTag ? scope.tagValue() : scope.value());

        Map<BudgetWindow, Money> sums = new HashMap<>();
        for (JsonNode row : clickHouse.ask(TEXT, parameters)) {
            sums.merge(
                    budget.windowAt(at, facts(row, tags, lines)),
                    Money.ofNanos(row.required("cost_nanos_sum").longValue()),
                    Money::plus);
        }
        return sums;
    }

    private static RequestFacts facts(JsonNode row, List<String> tags, KeyLines lines) {
        String key = textOrNull(row, "group_key");
        List<String> values = new ArrayList<>();
        row.required("group_tags").forEach(value -> values.add(value.asString()));
        Map<String, String> valuesByTag = new HashMap<>();
        for (int i = 0; i < tags.size(); i++) {
            valuesByTag.put(tags.get(i), values.get(i));
        }
        return new RequestFacts(
                row.required("group_api").asString(),
                "",
                "",
                textOrNull(row, "group_model"),
                key == null ? new ApiKeyId(NO_KEY) : lines.of(ApiKeyId.of(key)),
                textOrNull(row, "group_project"),
                textOrNull(row, "group_customer"),
                valuesByTag,
                "");
    }

    private static @Nullable String textOrNull(JsonNode row, String column) {
        String text = row.required(column).asString();
        return text.isEmpty() ? null : text;
    }
}
