package io.rateguard.console.security;

/** What can be done in a workspace. */
public enum Action {
    READ("read this workspace"),
    EDIT_APIS("change APIs"),
    EDIT_KEYS("change keys"),
    EDIT_LIMITS("change limits"),
    EDIT_BUDGETS("change budgets"),
    EDIT_PRICES("change prices"),
    EDIT_ALERTS("change alerts"),
    ADMINISTER("administer this workspace"),
    CHANGE_OWNERS("make or unmake owners"),
    DELETE_WORKSPACE("delete this workspace");

    private final String words;

    Action(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
