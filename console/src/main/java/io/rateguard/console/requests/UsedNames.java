package io.rateguard.console.requests;

import io.rateguard.analytics.question.Bucket;
import io.rateguard.analytics.question.GroupBy;
import io.rateguard.analytics.question.UsageQuestion;
import io.rateguard.analytics.question.UsageRow;
import io.rateguard.console.common.Shared;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.workspaces.Workspace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Service;

/**
 * What requests are told apart by, for people to choose from: as of half a minute ago at most, since it costs the history as much
 * as the figures do. It fails when it takes longer than a screen should wait.
 */
@Service
public class UsedNames {

    private static final Duration OF_MODELS = Duration.ofDays(30);
    private static final Duration OF_TAGS = Duration.ofDays(90);

    private final Access access;
    private final Shared<Workspace, List<String>> models;
    private final Shared<Workspace, List<String>> tags;

    UsedNames(Requests requests, Access access, Clock clock) {
        this.access = access;
        models = new Shared<>(clock, (workspace, now) -> models(requests, workspace, now));
        tags = new Shared<>(clock, (workspace, now) -> requests.tags(workspace.id(), now.minus(OF_TAGS)));
    }

    private static List<String> models(Requests requests, Workspace workspace, Instant now) {
        UsageQuestion question = new UsageQuestion(
                        now.minus(OF_MODELS), now, Bucket.TOTAL, workspace.zone(), Set.of(GroupBy.MODEL))
                .telling(Set.of());
        return requests.usage(workspace.id(), question).stream()
                .map(UsageRow::model)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Those that requests of the last 30 days were for. */
    public CompletableFuture<List<String>> models(Workspace workspace) {
        access.require(workspace.id(), Action.READ);
        return models.read(workspace, Instant.EPOCH);
    }

    /** The names of the tags that requests of the last 90 days had. */
    public CompletableFuture<List<String>> tags(Workspace workspace) {
        access.require(workspace.id(), Action.READ);
        return tags.read(workspace, Instant.EPOCH);
    }
}
