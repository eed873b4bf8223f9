package io.rateguard.console.shell;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.Uses;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.spring.security.AuthenticationContext;
import io.rateguard.console.common.ui.Finder;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.common.ui.StatusBadge;
import io.rateguard.console.common.ui.StatusBadge.Tone;
import io.rateguard.console.common.ui.Wordmark;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Role;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The frame around every view of a person who is signed in: where they are, as whom, and where else they can go. What the
 * finder is made of, which is known by its interface alone, is loaded with it.
 */
@Layout
@Uses(Dialog.class)
@Uses(TextField.class)
@PermitAll
public class MainLayout extends AppLayout implements AfterNavigationObserver {

    private final Workspaces workspaces;
    private final Access access;
    private final Finder finder;
    private final WorkspaceSwitcher switcher = new WorkspaceSwitcher();
    private final SideNav navigation = new SideNav();
    private final Span role = new Span();
    private final Button search = new Button("Search", VaadinIcon.SEARCH.create(), click -> openSearch());
    private final StatusBadge suspended = new StatusBadge("Suspended", Tone.WARNING);
    private String navigates = "";
    private Optional<Workspace> current = Optional.empty();

    MainLayout(AuthenticationContext authentication, Workspaces workspaces, Access access, Finder finder) {
        this.workspaces = workspaces;
        this.finder = finder;
        this.access = access;
        navigation.getElement().setAttribute("aria-label", "Screens");
        String address = authentication.getPrincipalName().orElse("");
        Anchor email = new Anchor("account", address);
        email.setTitle("Your account");
        email.setTestId("account");
        role.addClassName("quiet");
        role.setTestId("role");
        Button signOut = new Button("Sign out", VaadinIcon.SIGN_OUT.create(), event -> authentication.logout());
        signOut.addThemeVariants(ButtonVariant.TERTIARY);
        signOut.setTestId("sign-out");

        Div person = new Div(email, role);
        person.addClassName("person");
        Div signedIn = new Div(person, new AppearanceChoice(), signOut);
        signedIn.addClassName("signed-in");
        suspended.setTestId("suspended");
        suspended.setTitle("Its keys are refused until it is resumed");
        search.addThemeVariants(ButtonVariant.TERTIARY);
        search.addClassName("to-search");
        search.setTestId("search");
        search.setTooltipText("Ctrl+K");
        Shortcuts.addShortcutListener(this, this::openSearch, Key.KEY_K, KeyModifier.CONTROL);
        Shortcuts.addShortcutListener(this, this::openSearch, Key.KEY_K, KeyModifier.META);
        Div drawer = new Div(new Wordmark(), switcher, search, suspended, navigation, signedIn);
        drawer.addClassName("drawer");
        DrawerToggle toggle = new DrawerToggle();
        toggle.setAriaLabel("Menu");

        setPrimarySection(Section.DRAWER);
        addToDrawer(drawer);
        addToNavbar(toggle, new Wordmark());
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        List<String> segments = event.getLocation().getSegments();
        List<Workspace> visible = workspaces.visible();
        String slug =
                segments.size() > 1 && segments.getFirst().equals(Screen.PREFIX) ? segments.get(1) : lastShown(visible);
        current = visible.stream()
                .filter(workspace -> workspace.slug().equals(slug))
                .findFirst();
        switcher.show(visible, current, segments.isEmpty() ? "" : segments.getLast());
        search.setVisible(current.isPresent());
        suspended.setVisible(current.isPresent() && current.get().suspended());
        Optional<Role> held = current.flatMap(workspace -> access.role(workspace.id()));
        role.setText(held.map(Role::title).orElse(""));
        if (!slug.equals(navigates)) {
            navigates = slug;
            navigation.removeAll();
            for (Screen screen : screens(held)) {
                navigation.addItem(new SideNavItem(
                        screen.title(), screen.path(slug), screen.icon().create()));
            }
        }
    }

    /** Those that a role may see. */
    private static List<Screen> screens(Optional<Role> held) {
        return Stream.of(Screen.values())
                .filter(screen -> held.isPresent() && held.get().may(screen.needs()))
                .toList();
    }

    private void openSearch() {
        current.ifPresent(workspace -> finder.open(workspace, screens(access.role(workspace.id()))));
    }

    /** The way back from where no workspace is shown. */
    private String lastShown(List<Workspace> visible) {
        return visible.isEmpty() || !navigates.isEmpty()
                ? navigates
                : visible.getFirst().slug();
    }
}
