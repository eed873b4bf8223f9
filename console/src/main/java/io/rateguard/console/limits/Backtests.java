package io.rateguard.console.limits;

import io.rateguard.analytics.question.PassedRequests;
import io.rateguard.analytics.table.ClickHouseFailure;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.problem.Problem;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.KeyLines;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.limit.Partition;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** What a limit would have refused of what was let through: asked before it is saved. */
@Service
public class Backtests {

    public static final Duration LONGEST = Duration.ofDays(31);

    private static final Logger log = LoggerFactory.getLogger(Backtests.class);
    private static final int MOST_REQUESTS = 500_000;
    private static final int AT_ONCE = 2;

    private final Limits limits;
    private final Keys keys;
    private final PassedRequests history;
    private final Semaphore free = new Semaphore(AT_ONCE);

    Backtests(Limits limits, Keys keys, PassedRequests history) {
        this.limits = limits;
        this.keys = keys;
        this.history = history;
    }

    /** Tries a limit, described as one that is to be created, on the requests of a range. */
    public Backtested ask(WorkspaceId workspace, NewLimit wanted, Instant from, Instant to) {
        LimitRule rule = limits.tried(workspace, wanted);
        requireRange(from, to);
        if (rule.per().contains(Partition.Field.IP)) {
            throw Problem.invalid("per: ip (expected: what is recorded of requests, which addresses are not)");
        }
        if (!free.tryAcquire()) {
            throw Problem.unavailable("others are trying limits just now; try again in a moment");
        }
        try {
            return look(workspace, rule, from, to);
        } catch (ClickHouseFailure away) {
            log.warn("a backtest was not answered", away);
            throw Problem.unavailable("the request history does not answer; try again");
        } finally {
            free.release();
        }
    }

    private Backtested look(WorkspaceId workspace, LimitRule rule, Instant from, Instant to) {
        KeyLines lines = keys.lines(workspace);
        ApiKeyId line = rule.match().key();
        Set<ApiKeyId> members = line == null ? Set.of() : lines.members(line);
        BacktestTally tally = new BacktestTally(rule, lines, from, to, MOST_REQUESTS);
        history.ask(workspace, from, to, rule.match().api(), members, MOST_REQUESTS + 1, tally::look);
        return tally.result();
    }

    private static void requireRange(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            throw Problem.invalid("from: " + from + " (expected: before to, " + to + ")");
        }
        if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw Problem.invalid(
                    "from: " + from + " (expected: up to " + LONGEST.toDays() + " days before to, " + to + ")");
        }
    }
}
