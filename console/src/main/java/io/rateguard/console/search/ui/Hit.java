package io.rateguard.console.search.ui;

import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.search.Found;
import io.rateguard.console.workspaces.Workspace;

/**
 * Somewhere that one may want to go.
 *
 * @param kind what is there
 * @param detail what tells it from others of the name; may be empty
 * @param path the address that leads there
 */
record Hit(String kind, String name, String detail, String path) {

    static Hit of(Screen screen, Workspace workspace) {
        return new Hit("Screen", screen.title(), "", screen.path(workspace.slug()));
    }

    static Hit of(Found found, Workspace workspace) {
        return switch (found.kind()) {
            case API -> of("API", found, Screen.APIS, workspace);
            case KEY -> of("Key", found, Screen.KEYS, workspace);
            case BUDGET -> of("Budget", found, Screen.BUDGETS, workspace);
            case LIMIT -> of("Limit", found, Screen.LIMITS, workspace);
            case MEMBER -> of("Member", found, Screen.MEMBERS, workspace);
            case REQUEST ->
                new Hit(
                        "Request",
                        found.name(),
                        "",
                        Screen.REQUESTS.path(workspace.slug()) + "?request=" + found.name());
        };
    }

    private static Hit of(String kind, Found found, Screen screen, Workspace workspace) {
        return new Hit(kind, found.name(), found.detail(), screen.path(workspace.slug()));
    }
}
