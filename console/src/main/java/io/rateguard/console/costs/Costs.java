package io.rateguard.console.costs;

import io.rateguard.analytics.question.Bucket;
import io.rateguard.analytics.question.GroupBy;
import io.rateguard.analytics.question.UsageQuestion;
import io.rateguard.analytics.question.UsageRow;
import io.rateguard.console.common.Patience;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.requests.Exports;
import io.rateguard.console.requests.Requests;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.domain.id.ApiKeyId;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /**
     * The dearest combinations of these dimensions, and what all others come to; it may take as long as the history does.
     * Refuses dimensions that are not counted together.
     */
    public Compared read(Workspace workspace, Period period, List<Dimension> by) {
        Instant now = clock.instant();
        ZoneId zone = workspace.zone();
        Instant from = period.from(now, zone);
        Instant to = period.to(now, zone);
        Instant fromBefore = period.fromBefore(now, zone);
        Instant toBefore = period.toBefore(now, zone);
        var askedBefore = Patience.beside("costs", () -> ask(workspace, fromBefore, toBefore, by));
        Answered answered = ask(workspace, from, to, by);
        Answered before = askedBefore.join();
        PartNames names = new PartNames(keys.named(
                workspace.id(),
                Stream.of(answered, before).flatMap(Answered::keys).collect(Collectors.toSet())));
        return new Compared(answered.pivot(by, names), before.pivot(by, names));
    }

    /** What a period cost, and the one before it. */
    public record Compared(CostPivot now, CostPivot before) {

        public static final Compared NOTHING = new Compared(CostPivot.NOTHING, CostPivot.NOTHING);
    }

    /** What is split less is asked later: more has come in by then, never less, so that nothing left over is below nothing. */
    private Answered ask(Workspace workspace, Instant from, Instant to, List<Dimension> by) {
        List<UsageRow> finest = dearest(workspace, from, to, by);
        boolean isEverything = finest.size() < UsageQuestion.MOST_TOP
                && by.stream().noneMatch(dimension -> dimension instanceof Dimension.Tag);
        if (isEverything) {
            return new Answered(List.of(finest), true);
        }
        List<List<UsageRow>> levels = new ArrayList<>();
        levels.add(finest);
        for (int depth = by.size() - 1; depth >= 0; depth--) {
            levels.add(dearest(workspace, from, to, by.subList(0, depth)));
        }
        return new Answered(levels.reversed(), false);
    }

    private List<UsageRow> dearest(Workspace workspace, Instant from, Instant to, List<Dimension> by) {
        UsageQuestion question = question(workspace, from, to, by).telling(Set.of());
        return requests.usage(workspace.id(), by.isEmpty() ? question : question.withTop(UsageQuestion.MOST_TOP));
    }

    /**
     * @param levels the last one split by all dimensions
     * @param isEverything whether that one alone tells everything
     */
    private record Answered(List<List<UsageRow>> levels, boolean isEverything) {

        Stream<ApiKeyId> keys() {
            return levels.stream().flatMap(List::stream).map(UsageRow::key).filter(Objects::nonNull);
        }

        CostPivot pivot(List<Dimension> by, PartNames names) {
            return isEverything ? CostPivot.ofAll(levels.getLast(), by, names) : CostPivot.of(levels, by, names);
        }
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
}
