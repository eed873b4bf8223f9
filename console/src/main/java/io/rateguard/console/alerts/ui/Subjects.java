package io.rateguard.console.alerts.ui;

import io.rateguard.console.apis.Apis;
import io.rateguard.console.budgets.Budgets;
import io.rateguard.console.common.ui.WholeList;
import io.rateguard.console.keys.Keys;
import io.rateguard.domain.alert.AlertKind;
import io.rateguard.domain.id.WorkspaceId;
import java.util.List;

/** What rules of a workspace can be narrowed to, and what people call it. */
record Subjects(List<Subject> budgets, List<Subject> apis, List<Subject> keys) {

    static Subjects of(WorkspaceId workspace, Budgets budgets, Apis apis, Keys keys) {
        return new Subjects(
                WholeList.of(page -> budgets.list(workspace, page)).stream()
                        .map(Budgets.Saved::budget)
                        .map(budget -> new Subject(budget.id().toString(), budget.name()))
                        .toList(),
                WholeList.of(page -> apis.list(workspace, page)).stream()
                        .map(api -> new Subject(api.slug(), api.name()))
                        .toList(),
                WholeList.of(page -> keys.list(workspace, page)).stream()
                        .filter(key -> key.id().equals(key.line()) && key.lentFor() == null)
                        .map(key -> new Subject(key.id().toString(), key.name()))
                        .toList());
    }

    /** Models are written, not chosen. */
    List<Subject> of(AlertKind.Subject kind) {
        return switch (kind) {
            case BUDGET -> budgets;
            case API -> apis;
            case KEY -> keys;
            case MODEL -> List.of();
        };
    }

    static String title(AlertKind.Subject kind) {
        return switch (kind) {
            case BUDGET -> "Budget";
            case API -> "API";
            case KEY -> "Key";
            case MODEL -> "Model";
        };
    }

    /** An API and a model are called what rules know them by. */
    String name(AlertKind.Subject kind, String id) {
        return of(kind).stream()
                .filter(each -> each.id().equals(id))
                .map(Subject::name)
                .findFirst()
                .orElse(id);
    }
}
