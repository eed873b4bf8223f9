package io.rateguard.console.audit.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.Route;
import io.rateguard.console.audit.Audit;
import io.rateguard.console.audit.Audit.Entry;
import io.rateguard.console.audit.AuditFilter;
import io.rateguard.console.common.ui.Cells;
import io.rateguard.console.common.ui.CsvLink;
import io.rateguard.console.common.ui.EmptyState;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.PageHeader;
import io.rateguard.console.common.ui.PhoneCards;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.common.ui.Scroll;
import io.rateguard.console.common.ui.StatusBadge;
import io.rateguard.console.common.ui.StatusBadge.Tone;
import io.rateguard.console.common.ui.WorkspaceScreen;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who changed what, newest first; for owners and admins. */
@Route("w/:workspace/audit")
@PermitAll
class AuditView extends WorkspaceScreen {

    private final Audit audit;
    private final Access access;
    private final Clock clock;

    private final Select<String> resource = new Select<>();
    private final Select<String> action = new Select<>();
    private final TextField actor = new TextField();
    private final DatePicker from = new DatePicker();
    private final DatePicker to = new DatePicker();
    private final Grid<Entry> grid = new Grid<>();
    private final Paragraph nothing = new Paragraph();
    private volatile AuditFilter filter = AuditFilter.of(null, null, null, null, null);

    AuditView(Workspaces workspaces, Audit audit, Access access, Clock clock) {
        super(Screen.AUDIT, workspaces);
        this.audit = audit;
        this.access = access;
        this.clock = clock;

        configure(resource, "Resource", "All resources", AuditWords.RESOURCES);
        configure(action, "Action", "All actions", AuditWords.ACTIONS);
        actor.setAriaLabel("Who");
        actor.setPlaceholder("Anyone");
        actor.setClearButtonVisible(true);
        actor.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        actor.setTestId("filter-actor");
        actor.addValueChangeListener(changed -> filtered(changed.isFromClient()));
        configure(from, "From");
        configure(to, "To");
        grid.addThemeVariants(GridVariant.NO_BORDER, GridVariant.WRAP_CELL_CONTENT);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.setTestId("audit-list");
        grid.getElement().setAttribute("aria-label", "Audit log");
        grid.setEmptyStateComponent(nothing);
        nothing.addClassName("quiet");
        grid.addItemClickListener(click -> open(click.getItem()));
        PhoneCards.follow(grid, this::addTable, this::addCards);
        addClassName("page-of-full-height");
    }

    private void configure(Select<String> filter, String label, String all, List<String> items) {
        filter.setItems(new ArrayList<>(items));
        filter.setItemLabelGenerator(it -> it == null ? all : AuditWords.title(it));
        filter.setAriaLabel(label);
        filter.setEmptySelectionAllowed(true);
        filter.setEmptySelectionCaption(all);
        filter.setPlaceholder(all);
        filter.setTestId("filter-" + label.toLowerCase(Locale.ROOT));
        filter.addValueChangeListener(changed -> filtered(changed.isFromClient()));
    }

    private void configure(DatePicker filter, String label) {
        filter.setAriaLabel(label);
        filter.setPlaceholder(label);
        filter.setClearButtonVisible(true);
        filter.addValueChangeListener(changed -> filtered(changed.isFromClient()));
    }

    @Override
    protected void show(Workspace workspace) {
        if (!mayRead(workspace)) {
            add(new EmptyState("For owners and admins", "Your role may not read the audit log of this workspace."));
            return;
        }
        Button refresh = new Button("Refresh", VaadinIcon.REFRESH.create(), click -> reload());
        CsvLink download = new CsvLink(response -> audit.export(workspace, filter, response));
        Div filters = new Div(actor, resource, action, from, to);
        filters.addClassName("filters");
        add(
                new PageHeader(
                        "Audit log",
                        "Every change and sign-in, newest first, in " + workspace.zone() + " time",
                        download,
                        refresh),
                filters,
                grid);
    }

    @Override
    protected void follow(Map<String, String> query) {
        if (!mayRead(workspace())) {
            return;
        }
        actor.setValue(query.getOrDefault("actor", ""));
        resource.setValue(known(AuditWords.RESOURCES, query.get("resource")));
        action.setValue(known(AuditWords.ACTIONS, query.get("action")));
        from.setValue(day(query.get("from")));
        to.setValue(day(query.get("to")));
        reload();
    }

    private boolean mayRead(Workspace workspace) {
        return access.may(workspace.id(), Action.ADMINISTER);
    }

    private static @Nullable String known(List<String> items, @Nullable String wanted) {
        return wanted != null && items.contains(wanted) ? wanted : null;
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException noDay) {
            return null;
        }
    }

    private void filtered(boolean byPerson) {
        if (byPerson) {
            Map<String, String> query = new LinkedHashMap<>();
            put(query, "actor", actor.getValue().strip());
            put(query, "resource", resource.getValue());
            put(query, "action", action.getValue());
            put(query, "from", from.getValue());
            put(query, "to", to.getValue());
            remember(query);
            reload();
        }
    }

    private static void put(Map<String, String> query, String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            query.put(name, value.toString());
        }
    }

    private void reload() {
        Instant start = from.getValue() == null ? null : startOf(from.getValue());
        Instant end = to.getValue() == null ? null : startOf(to.getValue().plusDays(1));
        if (start != null && end != null && !start.isBefore(end)) {
            nothing.setText("The first day is after the last one.");
            grid.setItems(List.of());
            return;
        }
        nothing.setText("Nothing was done that these filters let through.");
        AuditFilter wanted =
                AuditFilter.of(start, end, actor.getValue().strip(), resource.getValue(), action.getValue());
        filter = wanted;
        Scroll<Entry> scroll =
                new Scroll<>((cursor, size) -> audit.list(workspace().id(), wanted, PageRequest.of(cursor, size)));
        grid.setItems(query -> scroll.rows(query.getOffset(), query.getLimit()).stream());
    }

    private Instant startOf(LocalDate day) {
        return day.atStartOfDay(workspace().zone()).toInstant();
    }

    private void addTable() {
        Moments moments = new Moments(workspace().zone());
        grid.addColumn(entry -> moments.recent(entry.time(), clock.instant()))
                .setHeader("Time")
                .setWidth("12rem")
                .setFlexGrow(0);
        grid.addColumn(Cells.<Entry>wrapped(entry -> entry.actor().name()))
                .setHeader("Who")
                .setFlexGrow(2);
        grid.addColumn(Cells.badge(AuditView::title, AuditView::tone))
                .setHeader("Action")
                .setWidth("9rem")
                .setFlexGrow(0);
        grid.addColumn(Cells.<Entry>wrapped(AuditWords::what)).setHeader("What").setFlexGrow(3);
        grid.addColumn(Cells.<Entry>wrapped(entry -> entry.address() == null ? "–" : entry.address()))
                .setHeader("From")
                .setFlexGrow(1);
    }

    private void addCards() {
        Moments moments = new Moments(workspace().zone());
        grid.addColumn(LitRenderer.<Entry>of("""
                        <div class="request-card">
                          <div><span class="row-title">${item.what}</span><span class=${item.badge}>${item.action}</span></div>
                          <div><span class="quiet">${item.who}</span></div>
                        </div>""")
                        .withProperty("what", AuditWords::what)
                        .withProperty("badge", entry -> StatusBadge.classNames(tone(entry)))
                        .withProperty("action", AuditView::title)
                        .withProperty(
                                "who",
                                entry -> moments.recent(entry.time(), clock.instant()) + " · "
                                        + entry.actor().name()))
                .setHeader("Newest first");
    }

    private static String title(Entry entry) {
        return AuditWords.title(entry.action());
    }

    private static Tone tone(Entry entry) {
        return AuditWords.tone(entry.action());
    }

    private void open(Entry entry) {
        new EntryDialog(entry, new Moments(workspace().zone())).open();
    }
}
