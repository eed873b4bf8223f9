package io.rateguard.console.alerts.ui;

import io.rateguard.console.alerts.AlertRules.AlertRule;
import io.rateguard.console.apis.Apis;
import io.rateguard.console.budgets.Budgets;
import io.rateguard.console.common.ui.WholeList;
import io.rateguard.console.keys.Keys;
import io.rateguard.domain.alert.AlertKind;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What rules of a workspace can be narrowed to, and what people call it. */
record Subjects(List<Subject> budgets, List<Subject> apis, List<Subject> keys) {

    /** Those of these rules, whatever has become of them. */
    static Subjects ofRules(WorkspaceId workspace, List<AlertRule> rules, Budgets budgets, Apis apis, Keys keys) {
        return new Subjects(
                budgets.names(workspace, ids(rules, AlertKind.Subject.BUDGET, BudgetId::of)).entrySet().stream()
                        .map(each -> new Subject(each.getKey().toString(), each.getValue()))
                        .toList(),
                apis(workspace, apis),
                keys.named(workspace, ids(rules, AlertKind.Subject.KEY, ApiKeyId::of)).entrySet().stream()
                        .map(each -> new Subject(
                                each.getKey().toString(), each.getValue().name()))
                        .toList());
    }

    private static <T> Set<T> ids(List<AlertRule> rules, AlertKind.Subject kind, Function<String, T> parse) {
        return rules.stream()
                .filter(rule -> rule.kind().subject() == kind)
                .map(AlertRule::subject)
                .filter(Objects::nonNull)
                .map(parse)
                .collect(Collectors.toSet());
    }

    /** Those that rules can be about from now on. */
    static Subjects of(WorkspaceId workspace, Budgets budgets, Apis apis, Keys keys) {
        return new Subjects(
                WholeList.of(page -> budgets.definitions(workspace, page)).stream()
                        .map(budget -> new Subject(budget.id().toString(), budget.name()))
                        .toList(),
                apis(workspace, apis),
                keys.present(workspace).values().stream()
                        .map(key -> new Subject(key.line().toString(), key.name()))
                        .toList());
    }

    private static List<Subject> apis(WorkspaceId workspace, Apis apis) {
        return WholeList.of(page -> apis.list(workspace, page)).stream()
                .map(api -> new Subject(api.slug(), api.name()))
                .toList();
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
