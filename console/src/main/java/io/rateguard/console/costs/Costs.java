package io.rateguard.console.costs;

import io.rateguard.analytics.question.Bucket;
import io.rateguard.analytics.question.GroupBy;
import io.rateguard.analytics.question.UsageQuestion;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.requests.Exports;
import io.rateguard.console.requests.Patience;
import io.rateguard.console.requests.Requests;
import io.rateguard.console.workspaces.Workspace;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
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
    public CostPivot read(Workspace workspace, Period period, List<Dimension> by) {
        UsageQuestion split = question(workspace, period, by).withTop(UsageQuestion.MOST_TOP);
        UsageQuestion whole = question(workspace, period, List.of());
        return Patience.soon("costs", () -> {
            Map<String, String> keyNames = new HashMap<>();
            return CostPivot.of(
                    requests.usage(workspace.id(), whole).stream().findFirst().orElse(null),
                    requests.usage(workspace.id(), split),
                    by,
                    (dimension, value) -> name(workspace, dimension, value, keyNames));
        });
    }

    /** All combinations, as CSV. */
    public void export(Workspace workspace, Period period, List<Dimension> by, HttpServletResponse response)
            throws IOException {
        exports.usage(workspace, question(workspace, period, by), response);
    }

    private UsageQuestion question(Workspace workspace, Period period, List<Dimension> by) {
        Instant now = clock.instant();
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
        return Problem.valid(() -> new UsageQuestion(
                period.from(now, workspace.zone()),
                period.to(now, workspace.zone()),
                Bucket.TOTAL,
                workspace.zone(),
                attributes,
                onlyTag));
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
