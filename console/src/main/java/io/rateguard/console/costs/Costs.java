package io.rateguard.console.costs;

import io.rateguard.analytics.question.Bucket;
import io.rateguard.analytics.question.GroupBy;
import io.rateguard.analytics.question.UsageQuestion;
import io.rateguard.console.common.Patience;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.requests.Exports;
import io.rateguard.console.requests.Requests;
import io.rateguard.console.workspaces.Workspace;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Asks the rollups what a workspace's money went to. */
@Service
public class Costs {

    public static final int MOST_DIMENSIONS = 3;

    private final Requests requests;
    private final Exports exports;
    private final Keys keys;
    private final Clock clock;

    Costs(Requests requests, Exports exports, Keys keys, Clock clock) {
        this.requests = requests;
        this.exports = exports;
        this.keys = keys;
        this.clock = clock;
    }

    /** The names of the tags that requests of the last 90 days had. */
    public List<String> tags(Workspace workspace) {
        return Patience.soon(
                "tags",
                () -> requests.tags(workspace.id(), Period.QUARTER_BACK.from(clock.instant(), workspace.zone())));
    }

    /**
     * The dearest combinations of these dimensions, and what all others come to. Refuses when the answer takes longer than a
     * screen should wait, and dimensions that are not counted together.
     */
    public Compared read(Workspace workspace, Period period, List<Dimension> by) {
        Instant now = clock.instant();
        ZoneId zone = workspace.zone();
        Instant from = period.from(now, zone);
        Instant to = period.to(now, zone);
        Instant fromBefore = period.fromBefore(now, zone);
        Instant toBefore = period.toBefore(now, zone);
        UsageQuestion split = question(workspace, from, to, by);
        return Patience.soon("costs", () -> {
            Map<String, String> keyNames = new HashMap<>();
            return new Compared(
                    pivot(workspace, split, by, keyNames),
                    pivot(workspace, question(workspace, fromBefore, toBefore, by), by, keyNames));
        });
    }

    /** What a period cost, and the one before it. */
    public record Compared(CostPivot now, CostPivot before) {}

    private CostPivot pivot(
            Workspace workspace, UsageQuestion split, List<Dimension> by, Map<String, String> keyNames) {
        UsageQuestion whole = question(workspace, split.from(), split.to(), List.of());
        return CostPivot.of(
                requests.usage(workspace.id(), whole.telling(Set.of())).stream()
                        .findFirst()
                        .orElse(null),
                requests.usage(
                        workspace.id(), split.withTop(UsageQuestion.MOST_TOP).telling(Set.of())),
                by,
                (dimension, value) -> name(workspace, dimension, value, keyNames));
    }

    /** All combinations, as CSV. */
    public void export(Workspace workspace, Period period, List<Dimension> by, HttpServletResponse response)
            throws IOException {
        Instant now = clock.instant();
        ZoneId zone = workspace.zone();
        exports.usage(workspace, question(workspace, period.from(now, zone), period.to(now, zone), by), response);
    }

    private static UsageQuestion question(Workspace workspace, Instant from, Instant to, List<Dimension> by) {
        Set<GroupBy> attributes = EnumSet.noneOf(GroupBy.class);
        @Nullable String tag = null;
        for (Dimension dimension : by) {
            switch (dimension) {
                case Dimension.Attribute attribute -> attributes.add(attribute.groupBy());
                case Dimension.Tag named -> {
                    if (tag != null) {
                        throw Problem.invalid("two tags: " + tag + " and " + named.name() + " (expected: one)");
                    }
                    tag = named.name();
                }
            }
        }
        String onlyTag = tag;
        return Problem.valid(() -> new UsageQuestion(from, to, Bucket.TOTAL, workspace.zone(), attributes, onlyTag));
    }

    private String name(
            Workspace workspace, Dimension dimension, @Nullable String value, Map<String, String> keyNames) {
        if (value == null) {
            return "none";
        }
        return dimension.wireName().equals(GroupBy.KEY.wireName())
                ? keyNames.computeIfAbsent(value, key -> keys.nameOf(workspace.id(), key))
                : value;
    }
}
