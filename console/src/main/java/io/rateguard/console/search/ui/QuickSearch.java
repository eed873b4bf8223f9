package io.rateguard.console.search.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.Location;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.search.Search;
import io.rateguard.console.workspaces.Workspace;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Asks for a part of a name and leads to what has it: Enter takes the first, Tab goes on to the others. */
final class QuickSearch extends Dialog {

    private static final int TYPING_MILLIS = 150;

    private final Search search;
    private final List<Screen> screens;
    private final Workspace workspace;
    private final TextField text = new TextField();
    private final UnorderedList results = new UnorderedList();
    private final Paragraph nothing = new Paragraph();
    private List<Hit> found = List.of();

    /** @param screens that may be seen */
    QuickSearch(Search search, Workspace workspace, List<Screen> screens) {
        this.search = search;
        this.screens = screens;
        this.workspace = workspace;
        text.setAriaLabel("Search " + workspace.name());
        text.setPlaceholder("Screens, APIs, keys, budgets, limits, members, a request’s id");
        text.setPrefixComponent(VaadinIcon.SEARCH.create());
        text.setClearButtonVisible(true);
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.setValueChangeTimeout(TYPING_MILLIS);
        text.setAutofocus(true);
        text.setTestId("search-text");
        text.addValueChangeListener(changed -> show());
        results.addClassName("search-results");
        results.setTestId("search-results");
        nothing.getElement().setAttribute("role", "status");
        // What was typed last comes along.
        Shortcuts.addShortcutListener(this, this::takeFirst, Key.ENTER)
                .listenOn(text)
                .resetFocusOnActiveElement();
        Div content = new Div(text, results, nothing);
        content.addClassName("quick-search");
        getElement().setAttribute("aria-label", "Search");
        addClassName("quick-search-dialog");
        add(content);
        show();
    }

    private void show() {
        found = hits(text.getValue());
        results.removeAll();
        found.forEach(each -> results.add(new ListItem(link(each))));
        nothing.setText(found.isEmpty() ? "Nothing here has that in its name." : "");
    }

    /** The screens first, all of them as long as nothing is wanted. */
    private List<Hit> hits(String wanted) {
        String part = wanted.strip().toLowerCase(Locale.ROOT);
        Stream<Hit> leading = screens.stream()
                .filter(screen -> screen.title().toLowerCase(Locale.ROOT).contains(part))
                .map(screen -> Hit.of(screen, workspace));
        Stream<Hit> named = search.find(workspace.id(), wanted).stream().map(each -> Hit.of(each, workspace));
        return Stream.concat(leading, named).toList();
    }

    private Anchor link(Hit one) {
        Span kind = new Span(one.kind());
        kind.addClassName("quiet");
        Span name = new Span(one.name());
        name.addClassName("search-name");
        Anchor link = new Anchor(one.path(), name);
        if (!one.detail().isEmpty()) {
            Span detail = new Span(one.detail());
            detail.addClassName("quiet");
            link.add(detail);
        }
        link.add(kind);
        link.getElement().addEventListener("click", click -> close());
        return link;
    }

    private void takeFirst() {
        show();
        UI ui = UI.getCurrent();
        if (!found.isEmpty()) {
            close();
            Location first = new Location(found.getFirst().path());
            ui.navigate(first.getPath(), first.getQueryParameters());
        }
    }
}
