package io.rateguard.alerts.rule;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.id.WorkspaceId;

/** A budget with a ladder, in a workspace that has alert rules. */
public record WatchedBudget(WorkspaceId workspace, Budget budget) {}
