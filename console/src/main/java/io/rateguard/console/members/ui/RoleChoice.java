package io.rateguard.console.members.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import io.rateguard.console.security.Role;
import java.util.Arrays;

/** Which role, and what it may. */
final class RoleChoice extends RadioButtonGroup<Role> {

    /** @param owners whether owners may be made */
    RoleChoice(boolean owners, Role chosen) {
        super("Role");
        setItems(Arrays.stream(Role.values())
                .filter(role -> owners || role != Role.OWNER)
                .toList());
        setRenderer(new ComponentRenderer<>(RoleChoice::described));
        setValue(chosen);
        addClassName("role-choice");
        setTestId("member-role");
    }

    private static Div described(Role role) {
        Span may = new Span(may(role));
        may.addClassName("quiet");
        return new Div(new Div(new Span(role.title())), may);
    }

    private static String may(Role role) {
        return switch (role) {
            case OWNER -> "May do everything";
            case ADMIN -> "May do everything but make and unmake owners";
            case DEVELOPER -> "Changes APIs, keys, limits, budgets and alerts";
            case VIEWER -> "Looks at everything and changes nothing";
            case BILLING -> "Looks at what is spent and changes nothing";
        };
    }
}
