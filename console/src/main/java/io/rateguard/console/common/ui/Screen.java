package io.rateguard.console.common.ui;

import com.vaadin.flow.component.icon.VaadinIcon;
import io.rateguard.console.security.Action;
import java.util.Locale;

/** The screens of a workspace, in the order of the menu, and their addresses. */
public enum Screen {
    OVERVIEW("Overview", VaadinIcon.DASHBOARD),
    COSTS("Costs", VaadinIcon.PIE_CHART),
    REQUESTS("Requests", VaadinIcon.EXCHANGE),
    APIS("APIs", VaadinIcon.CLOUD_O),
    KEYS("Keys", VaadinIcon.KEY_O),
    LIMITS("Limits", VaadinIcon.TIMER),
    BUDGETS("Budgets", VaadinIcon.PIGGY_BANK_COIN),
    ALERTS("Alerts", VaadinIcon.BELL_O),
    PRICES("Prices", VaadinIcon.TAGS),
    PLAYGROUND("Playground", VaadinIcon.PAPERPLANE_O, Action.EDIT_KEYS),
    MEMBERS("Members", VaadinIcon.USERS),
    AUDIT("Audit log", VaadinIcon.CLIPBOARD_TEXT, Action.ADMINISTER),
    SETTINGS("Settings", VaadinIcon.COG_O, Action.ADMINISTER);

    /** What every address of a workspace starts with. */
    public static final String PREFIX = "w";

    private final String title;
    private final VaadinIcon icon;
    private final Action needs;

    Screen(String title, VaadinIcon icon) {
        this(title, icon, Action.READ);
    }

    Screen(String title, VaadinIcon icon, Action needs) {
        this.title = title;
        this.icon = icon;
        this.needs = needs;
    }

    public String title() {
        return title;
    }

    public VaadinIcon icon() {
        return icon;
    }

    /** What has to be allowed to whoever is to see it. */
    public Action needs() {
        return needs;
    }

    /** The address within a workspace. */
    public String path(String workspaceSlug) {
        return PREFIX + "/" + workspaceSlug + "/" + segment();
    }

    public String segment() {
        return name().toLowerCase(Locale.ROOT);
    }
}
