package io.rateguard.console.shell;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.component.page.WebStorage;
import com.vaadin.flow.component.select.Select;
import java.util.Arrays;

/** Light, dark, or as the system has it; the browser remembers the choice. */
final class AppearanceChoice extends Select<AppearanceChoice.Appearance> {

    private static final String KEY = "rateguard.appearance";

    AppearanceChoice() {
        setItems(Appearance.values());
        setItemLabelGenerator(appearance -> appearance.label);
        setValue(Appearance.SYSTEM);
        setAriaLabel("Appearance");
        setTestId("appearance");
        addValueChangeListener(changed -> {
            if (changed.isFromClient()) {
                WebStorage.setItem(KEY, changed.getValue().name());
                apply(changed.getValue());
            }
        });
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        WebStorage.getItem(
                KEY,
                kept -> Arrays.stream(Appearance.values())
                        .filter(appearance -> appearance.name().equals(kept))
                        .findFirst()
                        .ifPresent(appearance -> {
                            setValue(appearance);
                            apply(appearance);
                        }));
    }

    private void apply(Appearance appearance) {
        getUI().ifPresent(ui -> ui.getPage().setColorScheme(appearance.scheme));
    }

    enum Appearance {
        SYSTEM("System appearance", ColorScheme.Value.SYSTEM),
        LIGHT("Light", ColorScheme.Value.LIGHT),
        DARK("Dark", ColorScheme.Value.DARK);

        private final String label;
        private final ColorScheme.Value scheme;

        Appearance(String label, ColorScheme.Value scheme) {
            this.label = label;
            this.scheme = scheme;
        }
    }
}
