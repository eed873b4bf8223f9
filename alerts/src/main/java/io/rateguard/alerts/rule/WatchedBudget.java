package io.rateguard.alerts.rule;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.id.WorkspaceId;

/** A budget in a workspace that has alert rules. */
public record WatchedBudget(WorkspaceId workspace, Budget budget) {}
