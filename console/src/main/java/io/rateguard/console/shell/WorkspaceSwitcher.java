package io.rateguard.console.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.workspaces.Workspace;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Says which workspace this is, and leads to the same screen of another one. */
final class WorkspaceSwitcher extends Div {

    private final Select<Workspace> choice = new Select<>();
    private final Span only = new Span();
    private Screen screen = Screen.OVERVIEW;

    WorkspaceSwitcher() {
        choice.setAriaLabel("Workspace");
        choice.setItemLabelGenerator(Workspace::name);
        choice.setTestId("workspace");
        choice.addValueChangeListener(changed -> {
            if (changed.isFromClient()) {
                UI.getCurrent().navigate(screen.path(changed.getValue().slug()));
            }
        });
        only.addClassName("only-workspace");
        addClassName("workspace-switcher");
        add(choice, only);
    }

    void show(List<Workspace> visible, Optional<Workspace> current, String segment) {
        screen = Arrays.stream(Screen.values())
                .filter(known -> known.segment().equals(segment))
                .findFirst()
                .orElse(Screen.OVERVIEW);
        choice.setVisible(visible.size() > 1);
        only.setVisible(visible.size() == 1);
        only.setText(visible.isEmpty() ? "" : visible.getFirst().name());
        choice.setItems(visible);
        current.ifPresent(choice::setValue);
    }
}
