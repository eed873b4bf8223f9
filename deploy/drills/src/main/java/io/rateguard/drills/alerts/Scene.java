package io.rateguard.drills.alerts;

import io.rateguard.bed.Database;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.drills.ground.Ground;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Workspaces whose budgets are told by all media.
 *
 * @param spenders the key of each budget, by the budget's name
 * @param beside a key that nothing watches
 */
record Scene(Map<String, Database.Key> spenders, Database.Key beside) {

    static final int TENTH_PERCENT = 10;

    private static final int BUDGETS_OF_EACH = 10;
    private static final String SECRET = "a secret of this drill";

    /** @param costNanos a tenth of each budget: a request's cost */
    static Scene set(Ground ground, Receivers receivers, Scale scale, long costNanos) {
        Database database = ground.database();
        String ladder = IntStream.rangeClosed(1, scale.thresholds())
                .mapToObj(tenth -> "{\"percent\":" + tenth * TENTH_PERCENT + ",\"action\":\"alert\"}")
                .collect(Collectors.joining(",", "[", "]"));
        List<WorkspaceId> workspaces = new ArrayList<>();
        Map<String, Database.Key> spenders = new HashMap<>();
        for (int i = 0; i < scale.budgets(); i++) {
            if (i % BUDGETS_OF_EACH == 0) {
                workspaces.add(workspace(ground, receivers, "team-" + workspaces.size()));
            }
            WorkspaceId workspace = workspaces.getLast();
            String name = "budget-" + i;
            Database.Key key = database.key(workspace, name);
            BudgetId budget = database.budget(
                    workspace, name, "key", key.id().toString(), 100 / TENTH_PERCENT * costNanos, "elastic");
            database.execute("UPDATE budgets SET ladder = ?::jsonb WHERE id = ?", ladder, budget.value());
            spenders.put(name, key);
        }
        return new Scene(spenders, database.key(workspaces.getFirst(), "beside"));
    }

    private static WorkspaceId workspace(Ground ground, Receivers receivers, String slug) {
        Database database = ground.database();
        WorkspaceId workspace = ground.workspace(slug);
        List<UUID> channels = List.of(
                database.emailChannel(workspace, "Mail", slug + "@example.test"),
                database.sealedChannel(workspace, "Slack", "slack", receivers.url(Medium.SLACK)),
                database.sealedChannel(
                        workspace,
                        "Webhook",
                        "webhook",
                        "{\"url\":\"" + receivers.url(Medium.WEBHOOK) + "\",\"secret\":\"" + SECRET + "\"}"));
        database.budgetRule(workspace, "Every threshold", channels);
        return workspace;
    }
}
