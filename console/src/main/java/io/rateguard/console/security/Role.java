package io.rateguard.console.security;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The one table of who may do what. */
public enum Role {
    OWNER(EnumSet.allOf(Action.class)),
    ADMIN(EnumSet.complementOf(EnumSet.of(Action.CHANGE_OWNERS, Action.DELETE_WORKSPACE))),
    DEVELOPER(EnumSet.of(
            Action.READ,
            Action.EDIT_APIS,
            Action.EDIT_KEYS,
            Action.EDIT_LIMITS,
            Action.EDIT_BUDGETS,
            Action.EDIT_ALERTS)),
    VIEWER(EnumSet.of(Action.READ)),
    BILLING(EnumSet.of(Action.READ));

    private final Set<Action> actions;

    Role(Set<Action> actions) {
        this.actions = actions;
    }

    public boolean may(Action action) {
        return actions.contains(action);
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For people: {@code Owner}. */
    public String title() {
        return name().charAt(0) + wireName().substring(1);
    }

    /** What someone wrote; an {@link IllegalArgumentException} says which roles there are. */
    public static Role parse(String name) {
        return Arrays.stream(values())
                .filter(role -> role.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "role: " + name + " (expected: owner, admin, developer, viewer or billing)"));
    }

    public static Role ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
